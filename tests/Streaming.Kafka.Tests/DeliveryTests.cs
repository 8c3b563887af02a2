namespace Streaming.Kafka;

public sealed class DeliveryTests(SharedBroker broker)
{
    [Fact]
    public async Task Events_of_a_stream_arrive_in_order_through_many_containers()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers) { Configure = options => options.BatchBytes = 4096 }.StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);

        await cluster.WriteAsync(cluster.Topic, 0, 10_000);

        var received = await probe.TakeAsync(10_000);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(number => (long)number), received.Select(each => each.Number));
        Assert.True(probe.Containers is > 20 and < 5_000, $"{probe.Containers} containers");
        Assert.True(received.Zip(received.Skip(1)).All(pair => pair.First.Token.CompareTo(pair.Second.Token) < 0));
    }

    [Fact]
    public async Task Streams_that_share_a_partition_keep_their_own_order()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();
        var keys = Enumerable.Range(0, 20).Select(i => $"{cluster.Topic}-{i}").ToList();

        await Task.WhenAll(keys.Select(key => cluster.WriteAsync(key, 0, 500)));

        foreach (var key in keys)
        {
            var received = await InboxProbe.Of(key).TakeAsync(500);
            Assert.Equal(Enumerable.Range(0, 500).Select(number => (long)number), received.Select(each => each.Number));
        }
    }

    [Fact]
    public async Task A_large_event_arrives_whole()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);

        await cluster.WriteAsync(cluster.Topic, 7, 1, size: 900_000);

        Assert.Equal(7, Assert.Single(await probe.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task An_event_that_no_message_can_hold_fails_and_says_what_helps()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();

        var error = await Assert.ThrowsAsync<KafkaStreamException>(() => cluster.WriteAsync(cluster.Topic, 0, 1, size: 1_000_000));

        Assert.Contains("MaxMessageBytes is 1,000,000", error.Message, StringComparison.Ordinal);
        Assert.Contains("send a reference", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Objects_arrive_with_their_request_context()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers).StartAsync();
        var stream = cluster.Running.Client.GetStreamProvider(cluster.Provider).GetStream<Order>(StreamId.Create(OrderGrain.Namespace, cluster.Topic));

        RequestContext.Set("tenant", "blue");
        await stream.OnNextBatchAsync([new Order("tea", 2), new Order("cake", 1)]);
        RequestContext.Clear();
        await stream.OnNextAsync(new Order("milk", 1));

        using var patience = new CancellationTokenSource(InboxProbe.Patience);
        var received = OrderGrain.ReceivedBy(cluster.Topic);
        Assert.Equal((new("tea", 2), "blue"), await received.ReadAsync(patience.Token));
        Assert.Equal((new("cake", 1), "blue"), await received.ReadAsync(patience.Token));
        Assert.Equal((new("milk", 1), null), await received.ReadAsync(patience.Token));
    }

    [Fact]
    public async Task Writes_wait_where_too_many_bytes_are_under_way_and_keep_their_order()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Configure = options => (options.MaxMessageBytes, options.BatchBytes, options.MaxPendingBytes) = (10_000, 2_000, 10_000),
        }.StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);

        // Small ones would fit in where a large one waits.
        var inbox = cluster.Inbox(cluster.Topic);
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => inbox.OnNextAsync(InboxProbe.Event(i, size: i % 3 == 0 ? 5_000 : 8))));

        var received = await probe.TakeAsync(2_000);
        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => (long)number), received.Select(each => each.Number));
    }
}
