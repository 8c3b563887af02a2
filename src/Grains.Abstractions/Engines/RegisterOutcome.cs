namespace BlueEdge.Engines;

/// <summary>What became of a definition that somebody registered.</summary>
[GenerateSerializer, Alias("blueedge.register-outcome")]
public enum RegisterOutcome
{
    /// <summary>The engine is new, and known from now on.</summary>
    Created = 0,

    /// <summary>The engine was known by another definition, which this one has replaced.</summary>
    Replaced = 1,

    /// <summary>The engine is known by this very definition.</summary>
    Unchanged = 2,

    /// <summary>Instances run with another definition: what runs counts, and nothing was changed.</summary>
    Conflict = 3,

    /// <summary>The definition makes no sense.</summary>
    Invalid = 4,

    /// <summary>There are as many engines as are allowed, and nothing was changed.</summary>
    Full = 5,
}
