using System.Diagnostics;

namespace BlueEdge.Calls;

/// <summary>
/// How a submission's place in a trace travels: with Orleans' request context, under W3C's name, as Orleans' own propagation has it.
/// That one's filters are around every call, and cost each session a fifth of its processor time, whether its trace was kept or not.
/// </summary>
public static class CallTrace
{
    private const string Parent = "traceparent";

    /// <summary>
    /// Has what the rest of an async method calls be below the present span: where its trace is kept, or the decision that it is not
    /// was made here.
    /// </summary>
    public static void Enter()
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span && (span.Recorded || span.Source.HasListeners()))
        {
            RequestContext.Set(Parent, span.Id!); // A W3C span that runs has one.
        }
    }

    /// <summary>Where in a trace the call was made, if in any; from there on the async method that asks is in none.</summary>
    public static ActivityContext Take()
    {
        if (RequestContext.Get(Parent) is not string parent)
        {
            return default;
        }

        RequestContext.Remove(Parent);
        return ActivityContext.TryParse(parent, null, isRemote: true, out var context) ? context : default;
    }
}
