namespace BlueEdge.Storage;

/// <summary>The names under which hosts register what grains store their state with.</summary>
internal static class StorageNames
{
    /// <summary>The grain storage provider of live state.</summary>
    public const string Grains = "blueedge";
}
