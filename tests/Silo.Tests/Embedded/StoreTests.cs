using System.Globalization;
using BlueEdge.Silo.Tests.Processes;
using StackExchange.Redis;

namespace BlueEdge.Silo.Tests.Embedded;

public sealed class StoreTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Probe = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task What_was_committed_outlives_one_kill_after_another()
    {
        await using var silo = await SiloProcess.StartAsync();
        List<string> committed = [];
        for (var run = 0; run < 3; run++)
        {
            var writing = WriteUntilKilledAsync(silo, run, atLeast: 300);

            await writing.Enough;
            await silo.KillAsync();
            committed.AddRange(await writing.Keys);
            await silo.RestartAsync();

            Assert.Empty(await FindMissingAsync(silo, committed));
        }
    }

    [Fact]
    public async Task Its_log_is_cut_and_nothing_is_lost_with_it()
    {
        await using var silo = await SiloProcess.StartAsync();
        var value = new byte[64 * 1024];
        const int Keys = 100;
        await using (var store = await silo.ConnectToStoreAsync())
        {
            // Ten times the same keys: 64 MB of log for 6 MB of data.
            for (var round = 0; round < 10; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => store.GetDatabase().HashSetAsync($"key-{key}", [new("round", round), new("data", value)])));
            }

            await UntilAsync(async () => await ReadLogSizeAsync(store) < 16 * 1024 * 1024, "The log was not cut.");
        }

        await silo.KillAsync();
        await silo.RestartAsync();

        await using var after = await silo.ConnectToStoreAsync();
        var rounds = await Task.WhenAll(Enumerable.Range(0, Keys).Select(key => after.GetDatabase().HashGetAsync($"key-{key}", "round")));
        Assert.All(rounds, round => Assert.Equal(9, (int)round));
    }

    [Fact]
    public async Task The_memory_of_what_is_deleted_is_used_again()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var store = await silo.ConnectToStoreAsync();
        var database = store.GetDatabase();
        await ComeAndGoAsync(0);
        var before = await ReadInfoAsync(store, "store", "Log.TailAddress");

        await ComeAndGoAsync(1);

        Assert.InRange(await ReadInfoAsync(store, "store", "Log.TailAddress"), before, before + (64 * 1024));

        Task ComeAndGoAsync(int round) => Parallel.ForEachAsync(
            Enumerable.Range(0, 5_000),
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (key, _) =>
            {
                await database.HashSetAsync($"session-{round}-{key}", [new("etag", "1"), new("data", "something")]);
                await database.KeyDeleteAsync($"session-{round}-{key}");
            });
    }

    [Fact]
    public async Task A_value_larger_than_a_page_of_the_log_outlives_a_kill()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using (var store = await silo.ConnectToStoreAsync())
        {
            await store.GetDatabase().HashSetAsync("large", "data", new byte[30_000_000]);
            await store.GetDatabase().ExecuteAsync("COMMITAOF");
        }

        await silo.KillAsync();
        await silo.RestartAsync();

        await using var after = await silo.ConnectToStoreAsync();
        Assert.Equal(30_000_000, await after.GetDatabase().HashStringLengthAsync("large", "data"));
    }

    [Fact]
    public async Task Members_of_former_starts_are_forgotten()
    {
        await using var silo = await SiloProcess.StartAsync();
        await silo.KillAsync();

        await silo.RestartAsync();

        await using var store = await silo.ConnectToStoreAsync();
        Assert.Single(store.GetServers()[0].Keys(pattern: "blueedge/members/*"));
    }

    private static (Task Enough, Task<List<string>> Keys) WriteUntilKilledAsync(SiloProcess silo, int run, int atLeast)
    {
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (enough.Task.WaitAsync(Patience, TimeProvider.System), WriteAsync());

        async Task<List<string>> WriteAsync()
        {
            await using var store = await silo.ConnectToStoreAsync();
            var database = store.GetDatabase();
            List<string> keys = [];
            try
            {
                for (var number = 0; ; number++)
                {
                    var key = $"{run}-{number}";
                    await Task.WhenAll(
                        database.HashSetAsync($"hash-{key}", "field", key),
                        database.SortedSetAddAsync("members", key, number),
                        database.ListRightPushAsync($"list-{key}", key),
                        database.StringSetAsync($"string-{key}", key));
                    await database.ExecuteAsync("COMMITAOF");
                    keys.Add(key);
                    if (keys.Count == atLeast)
                    {
                        enough.SetResult();
                    }
                }
            }
            catch (RedisException)
            {
                return keys;
            }
        }
    }

    private static async Task<IEnumerable<string>> FindMissingAsync(SiloProcess silo, IReadOnlyList<string> keys)
    {
        await using var store = await silo.ConnectToStoreAsync();
        var database = store.GetDatabase();
        var found = await Task.WhenAll(keys.Select(async key =>
            await database.HashExistsAsync($"hash-{key}", "field")
            && await database.SortedSetScoreAsync("members", key) is not null
            && await database.ListLengthAsync($"list-{key}") == 1
            && await database.KeyExistsAsync($"string-{key}")));
        return keys.Where((_, index) => !found[index]);
    }

    private static async Task<long> ReadLogSizeAsync(IConnectionMultiplexer store) =>
        await ReadInfoAsync(store, "persistence", "TailAddress") - await ReadInfoAsync(store, "persistence", "BeginAddress");

    private static async Task<long> ReadInfoAsync(IConnectionMultiplexer store, string section, string name) =>
        long.Parse(
            (await store.GetServers()[0].InfoAsync(section)).SelectMany(group => group).First(pair => pair.Key == name).Value,
            CultureInfo.InvariantCulture);

    /// <summary>Another process has no event to wait for.</summary>
    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"{otherwise} That took more than {Patience.TotalSeconds} s.");
            await Task.Delay(Probe, TimeProvider.System);
        }
    }
}
