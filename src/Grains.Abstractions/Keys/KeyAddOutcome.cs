namespace BlueEdge.Keys;

/// <summary>What became of a key that was to be added.</summary>
[GenerateSerializer, Alias("blueedge.key-add-outcome")]
public enum KeyAddOutcome
{
    /// <summary>It counts from now on.</summary>
    Added = 0,

    /// <summary>There are as many keys as may be.</summary>
    Full = 1,
}
