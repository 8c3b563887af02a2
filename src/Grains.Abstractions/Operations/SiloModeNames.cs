namespace BlueEdge.Operations;

/// <summary>What part a silo has, as <see cref="SiloSnapshot.Mode"/> tells it. On the wire: they never change.</summary>
public static class SiloModeNames
{
    /// <summary>The one process of the embedded mode.</summary>
    public const string Embedded = "embedded";

    /// <summary>A core silo of a cluster.</summary>
    public const string Core = "cluster";

    /// <summary>An engine host of a cluster.</summary>
    public const string EngineHost = "host";
}
