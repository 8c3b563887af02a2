namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>What an answered write of the embedded store outlives.</summary>
public enum StoreDurability
{
    /// <summary>The end of the process, however it comes. Where the machine loses its power, the last seconds may be lost; nothing before them.</summary>
    Process,

    /// <summary>The end of the machine too: each transaction waits for the disk.</summary>
    Machine,
}
