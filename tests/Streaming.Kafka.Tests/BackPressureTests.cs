using System.Diagnostics.Metrics;
using Streaming.Kafka.Telemetry;

namespace Streaming.Kafka;

public sealed class BackPressureTests(SharedBroker broker)
{
    [Fact]
    public async Task A_slow_subscriber_pauses_the_fetch_before_the_cache_is_over_its_limit_and_resumes_it()
    {
        const int Count = 400;
        const long Limit = 400_000;
        var pauses = 0L;
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name is KafkaStreamMetrics.MeterName && instrument.Name is "streaming.kafka.pauses")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.Contains(new("provider", "slow")))
            {
                Interlocked.Add(ref pauses, value);
                paused.TrySetResult();
            }
        });
        listener.Start();
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Provider = "slow",
            Configure = options => (options.MaxMessageBytes, options.BatchBytes, options.CacheBytes) = (50_000, 1, Limit),
        }.StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        probe.Before = _ => gate.Task;

        await cluster.WriteAsync(cluster.Topic, 0, Count, size: 20_000);
        await paused.Task.WaitAsync(InboxProbe.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        gate.SetResult();

        var received = await probe.TakeAsync(Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(number => (long)number), received.Select(each => each.Number));
        var most = cluster.Session(0, 0)!.Reader.MostBytes;
        Assert.True(most is > Limit / 2 and <= Limit, $"The cache held {most} bytes at most.");
        Assert.True(Interlocked.Read(ref pauses) >= 1);
    }

    [Fact]
    public async Task A_slow_stream_does_not_hold_up_another_of_its_partition()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers) { Configure = options => options.BatchBytes = 1 }.StartAsync();
        var (slow, quick) = (cluster.Topic + "-slow", cluster.Topic + "-quick");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        InboxProbe.Of(slow).Before = _ => gate.Task;

        for (var i = 0; i < 100; i++)
        {
            await Task.WhenAll(cluster.WriteAsync(slow, i, 1), cluster.WriteAsync(quick, i, 1));
        }

        var received = await InboxProbe.Of(quick).TakeAsync(100);
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (long)number), received.Select(each => each.Number));
        Assert.Empty(InboxProbe.Of(slow).TakeRest());
        gate.SetResult();
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (long)number), (await InboxProbe.Of(slow).TakeAsync(100)).Select(each => each.Number));
    }
}
