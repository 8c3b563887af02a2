namespace Streaming.Kafka;

public sealed class CrashTests
{
    [Fact]
    public async Task A_broker_that_crashes_and_comes_back_loses_no_acknowledged_event()
    {
        const int Count = 4_000;
        Assert.SkipWhen(KafkaBroker.MissingOwn is not null, KafkaBroker.MissingOwn ?? "");
        await using var broker = await KafkaBroker.StartOwnAsync();
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Configure = options => options.DeliveryTimeout = InboxProbe.Patience,
        }.StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < Count; i += 10)
            {
                await cluster.WriteAsync(cluster.Topic, i, 10);
            }
        }, TestContext.Current.CancellationToken);
        var early = await probe.TakeAsync(200);

        await broker.KillAsync();
        await broker.StartAgainAsync();

        await writing.WaitAsync(InboxProbe.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        var later = await probe.TakeAllAsync(Count, [.. early.Select(each => each.Number)]);
        Assert.Equal(Enumerable.Range(0, Count).Select(number => (long)number), early.Select(each => each.Number).Concat(later).Distinct());
    }

    [Fact]
    public async Task A_write_fails_when_the_broker_stays_away_and_the_next_one_succeeds_when_it_is_back()
    {
        Assert.SkipWhen(KafkaBroker.MissingOwn is not null, KafkaBroker.MissingOwn ?? "");
        await using var broker = await KafkaBroker.StartOwnAsync();
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Configure = options => options.DeliveryTimeout = TimeSpan.FromSeconds(2),
        }.StartAsync();
        await cluster.WriteAsync(cluster.Topic, 0, 1);
        await InboxProbe.Of(cluster.Topic).TakeAsync(1);

        await broker.KillAsync();
        var error = await Assert.ThrowsAsync<KafkaStreamException>(() => cluster.WriteAsync(cluster.Topic, 1, 1));
        Assert.Contains("were not acknowledged", error.Message, StringComparison.Ordinal);
        await broker.StartAgainAsync();

        var written = false;
        for (var tries = 0; !written; tries++)
        {
            try
            {
                await cluster.WriteAsync(cluster.Topic, 2, 1);
                written = true;
            }
            catch (KafkaStreamException) when (tries < 10)
            {
                // The client waits up to a few seconds before it tries to connect again.
            }
        }

        Assert.Equal(2, (await InboxProbe.Of(cluster.Topic).TakeAsync(1))[0].Number);
    }
}
