using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Tests;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using StackExchange.Redis;

namespace BlueEdge.Store.Tests.Storage;

/// <summary>Two services on one Redis, and what the version before left there; each test has a Redis of its own.</summary>
public sealed class FormerKeyTests : IAsyncLifetime
{
    private const string Default = StorageKeys.DefaultServiceId;
    private readonly RedisServer _redis = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IDatabase Database => _redis.Connection.GetDatabase();

    public ValueTask InitializeAsync() => _redis.InitializeAsync();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task Two_services_on_one_Redis_never_meet()
    {
        await using var one = StoresOf.Redis(_redis, "one");
        await using var other = StoresOf.Redis(_redis, "other");

        var session = await FillAsync(one);

        Assert.Equal(0, (await other.Sessions.ReadAsync(session)).Version);
        Assert.Empty(await other.Lists.ReadAsync(tenant: null, SessionGroups.All, engine: null, before: null, 10));
        Assert.Empty((await other.Schedulers.Of(ISchedulerGrain.DefaultDomain).OpenAsync()).Pending);
        Assert.Equal(0, (await other.Results.ReadAsync(session, 1, [new() { Channel = "result" }], Ct))[0].Total);
        var keys = _redis.Connection.GetServers()[0].Keys(pattern: "*").Select(key => key.ToString()).ToList();
        Assert.All(keys, key => Assert.True(key.StartsWith("one/", StringComparison.Ordinal) || key.StartsWith("other/", StringComparison.Ordinal), key));
    }

    [Theory]
    [InlineData("a/b", "a")]
    [InlineData("blueedge/session", "blueedge")]
    public void A_name_that_holds_anothers_has_keys_of_its_own(string name, string within) =>
        Assert.DoesNotContain(new StorageKeys(within).Expiring.ToString()[..(within.Length + 1)], new StorageKeys(name).Expiring.ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task What_the_former_version_stored_of_a_service_is_found_again()
    {
        var session = await FillFormerAsync("prod");

        await FindAgainAsync("prod");

        await AssertFoundAsync("prod", session);
        Assert.Empty(_redis.Connection.GetServers()[0].Keys(pattern: "__engine*"));
        Assert.Empty(_redis.Connection.GetServers()[0].Keys(pattern: $"{Default}/*"));
    }

    [Fact]
    public async Task A_move_that_was_cut_off_is_gone_on_with()
    {
        var session = await FillFormerAsync("prod");
        await Database.KeyRenameAsync($"{Default}/session/{session}", $"prod/session/{session}");
        await Database.KeyRenameAsync("__engine_pending_list_ocr__", "prod/scheduler/default/pending/ocr");
        await Database.StringSetAsync("prod/layout", "moving");

        // Whoever comes late must not think that it is another's: by now the default service has begun here too.
        await Database.HashSetAsync($"{Default}/members/later", "silo", "entry");
        await FindAgainAsync("prod");

        await AssertFoundAsync("prod", session);
    }

    [Fact]
    public async Task Many_who_start_at_once_move_it_once()
    {
        var session = await FillFormerAsync("prod");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FindAgainAsync("prod")));

        await AssertFoundAsync("prod", session);
    }

    [Fact]
    public async Task What_is_the_default_services_stays_and_a_new_service_begins_with_nothing()
    {
        var session = await FillFormerAsync(Default);

        await FindAgainAsync(Default);
        await FindAgainAsync("new");

        await AssertFoundAsync(Default, session);
        await using var stores = StoresOf.Redis(_redis, "new");
        Assert.Empty(await stores.Lists.ReadAsync(tenant: null, SessionGroups.All, engine: null, before: null, 10));
    }

    [Fact]
    public async Task Where_it_may_be_of_two_services_the_start_says_so_and_moves_nothing()
    {
        var session = await FillFormerAsync(Default);
        await Database.HashSetAsync("prod/members/c", "silo", "entry");

        var refused = await Assert.ThrowsAsync<BlueEdgeException>(() => FindAgainAsync("prod"));

        Assert.Contains("redis-cli SET prod/layout", refused.Message, StringComparison.Ordinal);
        await AssertFoundAsync(Default, session);
        await Database.StringSetAsync("prod/layout", "2");
        await FindAgainAsync("prod");
        await AssertFoundAsync(Default, session);
    }

    [Fact]
    public async Task The_default_service_does_not_take_what_is_anothers()
    {
        await FillFormerAsync("prod");

        var refused = await Assert.ThrowsAsync<BlueEdgeException>(() => FindAgainAsync(Default));

        Assert.Contains("'prod'", refused.Message, StringComparison.Ordinal);
        await FindAgainAsync("prod");
        await FindAgainAsync(Default);
    }

    /// <summary>A session that runs with a result, and one that waits, as the former version has named their keys.</summary>
    private async Task<string> FillFormerAsync(string serviceId)
    {
        await using var stores = StoresOf.Redis(_redis, Default);
        var session = await FillAsync(stores);
        await Database.HashDeleteAsync($"{Default}/session/{session}", "attempt");
        await Database.HashSetAsync($"{serviceId}/members/c", "silo", "entry");
        return session;
    }

    private static async Task<string> FillAsync(StoresOf stores)
    {
        var (session, spec) = (SessionIds.Create(), Specs.Single("ocr", 1, ("Out", "result")));
        var state = SessionState.None with { Status = SessionStatus.Processing, Epoch = 1, SubmittedAt = stores.Clock.GetUtcNow() };
        await stores.Sessions.WriteAsync(session, 0, spec, SessionState.None, state);
        await stores.Results.AppendAsync(new(session, "ocr"), 1, "result", isOnlyProducer: true, 0, StoreFacts.Items(0, 2), Ct);
        var scheduler = stores.Schedulers.Of(ISchedulerGrain.DefaultDomain);
        await scheduler.OpenAsync();
        var model = new SchedulerModel(bound: 10, remembered: 10);
        model.Enlist(new() { SessionId = session, Epoch = 1, Rank = 1, SubmittedAt = state.SubmittedAt, Demands = [new() { Engine = "ocr", Slots = 1 }] });
        await scheduler.CommitAsync(SchedulerWrite.Of(model.TakeChanges()));
        return session;
    }

    private async Task AssertFoundAsync(string serviceId, string session)
    {
        await using var stores = StoresOf.Redis(_redis, serviceId);
        Assert.Equal(SessionStatus.Processing, (await stores.Sessions.ReadAsync(session)).State.Status);
        Assert.Equal(2, (await stores.Results.ReadAsync(session, 1, [new() { Channel = "result" }], Ct))[0].Total);
        Assert.Equal([session], (await stores.Lists.ReadAsync(tenant: null, [SessionGroup.Running], "ocr", before: null, 10)).Select(ListedSession.SessionIdOf));
        Assert.Equal([session], (await stores.Schedulers.Of(ISchedulerGrain.DefaultDomain).OpenAsync()).Pending.Select(request => request.SessionId));

        // Its attempt was not named then, and may go on writing.
        Assert.True(await stores.Results.AppendAsync(new(session, "ocr"), 1, "result", isOnlyProducer: true, 0, StoreFacts.Items(0, 2), Ct));
    }

    private async Task FindAgainAsync(string serviceId)
    {
        var former = new FormerKeys(
            _redis.Connection,
            new(_redis.Connection),
            new(serviceId),
            Options.Create(new ClusterOptions { ServiceId = serviceId, ClusterId = "c" }),
            TimeProvider.System,
            NullLogger<FormerKeys>.Instance);
        await former.FindAgainAsync(Ct);
    }
}
