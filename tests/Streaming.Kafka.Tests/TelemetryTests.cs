using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Streaming.Kafka.Producing;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka;

public sealed class TelemetryTests(SharedBroker broker)
{
    [Fact]
    public async Task The_delivery_belongs_to_the_trace_of_the_write()
    {
        using var source = new ActivitySource("test");
        var stopped = new ConcurrentQueue<Activity>();
        var delivered = new TaskCompletionSource<Activity>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = each => each.Name is KafkaStreamTraces.SourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                stopped.Enqueue(activity);
                if (activity.OperationName.Equals($"deliver {cluster.Topic}", StringComparison.Ordinal))
                {
                    delivered.TrySetResult(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        using var activity = source.StartActivity("write");
        await cluster.WriteAsync(cluster.Topic, 0, 1);

        var delivery = await delivered.Task.WaitAsync(InboxProbe.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        var publish = Assert.Single(stopped, each => each.OperationName.Equals($"publish {cluster.Topic}", StringComparison.Ordinal));
        Assert.Equal((activity!.TraceId, activity.SpanId), (publish.TraceId, publish.ParentSpanId));
        Assert.Equal((publish.TraceId, publish.SpanId), (delivery.TraceId, delivery.ParentSpanId));
    }

    [Fact]
    public async Task Events_messages_and_bytes_are_counted_on_both_sides()
    {
        var counts = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (string.Equals(instrument.Meter.Name, KafkaStreamMetrics.MeterName, StringComparison.Ordinal))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.Contains(new("provider", "counted")))
            {
                counts.AddOrUpdate(instrument.Name, value, (_, before) => before + value);
            }
        });
        listener.Start();
        await using var cluster = await new KafkaCluster(broker.BootstrapServers) { Provider = "counted" }.StartAsync();

        await cluster.WriteAsync(cluster.Topic, 0, 1_000, size: 100);
        await InboxProbe.Of(cluster.Topic).TakeAsync(1_000);
        listener.RecordObservableInstruments();

        Assert.Equal((1_000, 1_000), (counts["streaming.kafka.published.events"], counts["streaming.kafka.read.events"]));
        Assert.Equal(counts["streaming.kafka.published.messages"], counts["streaming.kafka.read.messages"]);
        Assert.Equal((100_000, 100_000), (counts["streaming.kafka.published.bytes"], counts["streaming.kafka.read.bytes"]));
        Assert.Contains("streaming.kafka.cache.bytes", counts.Keys);
        Assert.Contains("streaming.kafka.lag", counts.Keys);
    }

    [Fact]
    public async Task Errors_of_the_client_are_counted_by_the_names_of_their_codes()
    {
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name is "streaming.kafka.client.errors")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (tags.Contains(new("provider", "lonely")))
            {
                told.TrySetResult($"{tags.ToArray().Single(tag => tag.Key is "reason").Value}");
            }
        });
        listener.Start();
        var options = new KafkaStreamOptions { BootstrapServers = "127.0.0.1:1", Topic = "nowhere" };
        using var producer = new KafkaProducer(options, Meters.Of("lonely"), NullLogger<KafkaProducer>.Instance);

        producer.Produce(new("nowhere", 0), new() { Value = [] }, _ => { });

        var reason = await told.Task.WaitAsync(InboxProbe.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(reason is "Local_Transport" or "Local_AllBrokersDown", reason);
    }
}
