using System.Diagnostics;

namespace BlueEdge.Grains.Telemetry;

/// <summary>A place in a trace as it is stored and sent: W3C's <c>traceparent</c>, 55 characters, and only of traces that are kept.</summary>
public static class TraceText
{
    /// <summary>The place of a span, or <see langword="null"/> where there is none, or nobody keeps it.</summary>
    public static string? Of(Activity? span) => span is { Recorded: true, IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    /// <summary>The place, or none where the text is none; it was in another process, or in this one before it was started again.</summary>
    public static ActivityContext? Parse(string? text) =>
        text is not null && ActivityContext.TryParse(text, null, isRemote: true, out var context) ? context : null;
}
