namespace BlueEdge.Embedded.Modes;

/// <summary>What a process is part of.</summary>
internal enum SiloMode
{
    /// <summary>One process that needs no other server.</summary>
    Embedded,

    /// <summary>A core silo of a cluster of processes around one Redis.</summary>
    Cluster,

    /// <summary>An engine host of such a cluster.</summary>
    Host,
}
