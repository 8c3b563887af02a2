using System.Collections.Concurrent;
using System.Diagnostics;

namespace Streaming.Kafka;

public sealed class OwnershipTests(SharedBroker broker)
{
    [Fact]
    public async Task A_partition_moved_under_load_loses_nothing_and_keeps_the_order()
    {
        const int Count = 6_000;
        var owners = new ChosenOwners();
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Silos = 2,
            ConfigureSilo = streams => streams.UsePartitionOwners(_ => owners),
        }.StartAsync();
        var silos = cluster.Running.Silos.Select(silo => silo.SiloAddress).ToList();
        owners.Set(0, silos[0]);
        string[] keys = [.. Enumerable.Range(0, 4).Select(i => $"{cluster.Topic}-{i}")];

        var written = 0;
        var writing = Task.WhenAll(keys.Select(async key =>
        {
            for (var i = 0; i < Count; i += 20)
            {
                await cluster.WriteAsync(key, i, 20);
                Interlocked.Add(ref written, 20);
            }
        }));
        SiloAddress?[] moves = [silos[1], silos[0], null, silos[1]];
        for (var move = 0; move < moves.Length; move++)
        {
            var enough = Count * keys.Length * (move + 1) / (moves.Length + 1);
            await UntilAsync(() => Volatile.Read(ref written) >= enough, "the load did not go on");
            owners.Set(0, moves[move]);
        }

        await writing;

        foreach (var key in keys)
        {
            var received = await InboxProbe.Of(key).TakeAllAsync(Count);
            Assert.Equal(Enumerable.Range(0, Count).Select(number => (long)number), received.Distinct());
        }
    }

    [Fact]
    public async Task Only_the_chosen_silo_reads_and_without_one_nobody_does()
    {
        var owners = new ChosenOwners();
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Silos = 2,
            ConfigureSilo = streams => streams.UsePartitionOwners(_ => owners),
        }.StartAsync();
        var probe = InboxProbe.Of(cluster.Topic);

        await cluster.WriteAsync(cluster.Topic, 0, 10);

        Assert.Empty(probe.TakeRest());
        Assert.All([0, 1], silo => Assert.Null(cluster.Session(silo, 0)));

        var began = Stopwatch.StartNew();
        owners.Set(0, cluster.Running.Silos[1].SiloAddress);

        await probe.TakeAsync(10);
        TestContext.Current.TestOutputHelper?.WriteLine($"The new owner delivered after {began.Elapsed.TotalMilliseconds:n0} ms.");
        Assert.Null(cluster.Session(0, 0));
        Assert.NotNull(cluster.Session(1, 0));
    }

    [Fact]
    public async Task Partitions_are_spread_over_the_silos_and_a_silo_that_leaves_loses_its_own()
    {
        await using var cluster = await new KafkaCluster(broker.BootstrapServers)
        {
            Silos = 2,
            Configure = options => options.PartitionCount = 6,
        }.StartAsync();
        await UntilAsync(() => Owned(0) == 3 && Owned(1) == 3, "each silo was to read three partitions");

        await cluster.Running.StopSiloAsync(cluster.Running.Silos[1], TestContext.Current.CancellationToken);

        await UntilAsync(() => Owned(0) == 6, "the silo that is left was to read all partitions");
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"{cluster.Topic}-{i}")];
        await Task.WhenAll(keys.Select(key => cluster.WriteAsync(key, 0, 10)));
        foreach (var key in keys)
        {
            await InboxProbe.Of(key).TakeAllAsync(10);
        }

        int Owned(int silo) => Enumerable.Range(0, 6).Count(partition => cluster.Session(silo, partition) is not null);
    }

    private static async Task UntilAsync(Func<bool> condition, string otherwise)
    {
        for (var waited = Stopwatch.StartNew(); !condition(); await Task.Yield())
        {
            Assert.True(waited.Elapsed < InboxProbe.Patience, $"After {InboxProbe.Patience}: {otherwise}.");
        }
    }

    private sealed class ChosenOwners : IKafkaPartitionOwners
    {
        private readonly ConcurrentDictionary<int, SiloAddress> _owners = [];

        public event EventHandler? Changed;

        public SiloAddress? GetOwner(int partition) => _owners.GetValueOrDefault(partition);

        public void Set(int partition, SiloAddress? owner)
        {
            if (owner is null)
            {
                _owners.TryRemove(partition, out _);
            }
            else
            {
                _owners[partition] = owner;
            }

            Changed?.Invoke(this, EventArgs.Empty);
        }
    }
}
