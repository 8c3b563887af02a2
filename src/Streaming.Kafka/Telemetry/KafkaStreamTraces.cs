using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Streaming.Kafka.Messages;
using Streaming.Kafka.Producing;

namespace Streaming.Kafka.Telemetry;

/// <summary>Traces of source <c>Streaming.Kafka</c>. The context travels in the header <c>traceparent</c> (W3C Trace Context).</summary>
internal static class KafkaStreamTraces
{
    public const string SourceName = "Streaming.Kafka";

    private const string ParentHeader = "traceparent";
    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span of a message on its way to the broker. It does not become the current one.</summary>
    public static Activity? StartPublish(string topic, OutgoingContainer container)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var caller = Activity.Current;
        var activity = Source.StartActivity($"publish {topic}", ActivityKind.Producer, container.Trace, links: container.OtherTraces);
        Activity.Current = caller;
        return activity?
            .SetTag("messaging.system", "kafka")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.destination.partition.id", container.Partition)
            .SetTag("messaging.batch.message_count", container.Count);
    }

    /// <summary>The span of a message's delivery. It becomes the current one, so that the subscriber's is its child.</summary>
    public static Activity? StartDeliver(string topic, int partition, KafkaBatchContainer container, string? parent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        _ = ActivityContext.TryParse(parent, null, isRemote: true, out var context);
        return Source.StartActivity($"deliver {topic}", ActivityKind.Consumer, context)?
            .SetTag("messaging.system", "kafka")
            .SetTag("messaging.destination.name", topic)
            .SetTag("messaging.destination.partition.id", partition)
            .SetTag("messaging.kafka.offset", container.Offset)
            .SetTag("messaging.batch.message_count", container.Count - container.Skipped);
    }

    public static void Stop(Activity? activity, Exception? error)
    {
        if (error is not null)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
        }

        activity?.Dispose();
    }

    public static void Inject(Headers headers, ActivityContext context)
    {
        if (context != default)
        {
            headers.Add(ParentHeader, Encoding.ASCII.GetBytes($"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}"));
        }
    }

    public static string? Extract(Headers headers) =>
        Source.HasListeners() && headers.TryGetLastBytes(ParentHeader, out var bytes) ? Encoding.ASCII.GetString(bytes) : null;
}
