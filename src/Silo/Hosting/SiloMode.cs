namespace BlueEdge.Silo.Hosting;

/// <summary>What a process is part of.</summary>
internal enum SiloMode
{
    /// <summary>One process that needs no other server.</summary>
    Embedded,

    /// <summary>A cluster of processes around one Redis.</summary>
    Cluster,
}
