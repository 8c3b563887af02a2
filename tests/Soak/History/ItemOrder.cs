namespace BlueEdge.Soak.History;

/// <summary>How the items of a channel that are expected lie to those that are found.</summary>
internal enum ItemOrder
{
    /// <summary>The same, in the same order.</summary>
    Exact,

    /// <summary>Each writer's in order, mixed with those of the others.</summary>
    Mixed,

    /// <summary>Some of them, in order, and the last.</summary>
    Latest,
}
