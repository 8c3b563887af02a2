namespace BlueEdge.Engines;

/// <summary>What became of an engine that somebody wants to be forgotten.</summary>
[GenerateSerializer, Alias("blueedge.unregister-outcome")]
public enum UnregisterOutcome
{
    /// <summary>It is forgotten: sessions that name it are refused.</summary>
    Removed = 0,

    /// <summary>There is no such engine.</summary>
    Unknown = 1,

    /// <summary>Instances of it run, or sessions wait for it or use it: nothing was changed.</summary>
    InUse = 2,
}
