namespace BlueEdge.Soak.Checks;

/// <summary>Something that was promised and not kept.</summary>
/// <param name="Check">Which promise.</param>
/// <param name="At">When it was seen; faults around it are told with it.</param>
/// <param name="Message">What was expected, and what was seen.</param>
internal sealed record Violation(string Check, TimeSpan At, string Message)
{
    /// <summary>The session's id, where it is about one.</summary>
    public string? SessionId { get; init; }

    /// <summary>The session's number in the load.</summary>
    public int? Session { get; init; }
}
