namespace BlueEdge.Engines;

/// <summary>Declares an engine on its class.</summary>
/// <param name="id">The id that sessions name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EngineAttribute(string id) : Attribute
{
    /// <summary>The id that sessions name.</summary>
    public string Id { get; } = id;

    /// <summary>A name for people; the id unless given.</summary>
    public string? Name { get; set; }

    /// <summary>How many sub-sessions one instance runs at once; 1 by default.</summary>
    public int Slots { get; set; } = 1;

    /// <summary>
    /// Whether a sub-session finishes by itself once all writers of its inputs have ended and it has processed what came;
    /// true by default.
    /// </summary>
    public bool FinishesByItself { get; set; } = true;
}
