namespace BlueEdge.Soak.History;

/// <summary>A line of a part's log at Error or above, with the line after it, which has the message.</summary>
internal sealed record LogLine(string Part, int Number, string Text);
