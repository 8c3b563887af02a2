using System.Diagnostics;

namespace BlueEdge.Grains.Telemetry;

/// <summary>Spans of what is over when it is told of, and whose begin another process may have seen.</summary>
public static class PastSpans
{
    extension(ActivitySource source)
    {
        /// <summary>
        /// Tells of a span; nothing where there is no trace, or nobody listens.
        /// </summary>
        /// <param name="name">What was done.</param>
        /// <param name="trace">Below which span, as <see cref="TraceText"/> has it.</param>
        /// <param name="began">When it began.</param>
        /// <param name="ended">When it ended; what is before the begin counts as the begin.</param>
        /// <param name="tags">What is known of it.</param>
        /// <param name="failure">Why it failed, or <see langword="null"/> where it did not.</param>
        public void Tell(
            string name, string? trace, DateTimeOffset began, DateTimeOffset ended, IEnumerable<KeyValuePair<string, object?>> tags, string? failure = null)
        {
            if (TraceText.Parse(trace) is not { } parent || !source.HasListeners())
            {
                return;
            }

            using var span = source.StartActivity(name, ActivityKind.Internal, parent, tags, links: null, began);
            span?.SetEndTime((ended < began ? began : ended).UtcDateTime);
            if (failure is not null)
            {
                span?.SetStatus(ActivityStatusCode.Error, failure);
            }
        }
    }
}
