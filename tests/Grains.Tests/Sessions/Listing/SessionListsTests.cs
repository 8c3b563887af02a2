using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Sessions.Records;
using BlueEdge.Storage;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Serialization;

namespace BlueEdge.Sessions.Listing;

/// <summary>The lists on a real Redis; each test has engines of its own, so that others' sessions are not in its lists.</summary>
public sealed class SessionListsTests(RedisServer redis)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly RedisStore _store = new(redis.Connection);
    private readonly StorageKeys _keys = new(StorageKeys.DefaultServiceId);
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly TimeSpan _retention = TimeSpan.FromHours(1);

    private RedisSessionLists Lists => new(_store, _keys);

    private static IServiceProvider Serializers { get; } = new ServiceCollection().AddSerializer().BuildServiceProvider();

    /// <summary>Moments that often coincide, and the statuses that the session goes through.</summary>
    private static Gen<(int Moment, SessionStatus[] Statuses)[]> Lives { get; } =
        Gen.Select(Gen.Int[0, 9], Gen.Enum<SessionStatus>().Array[1, 4]).Array[0, 60];

    [Fact]
    public Task Pages_of_any_length_hold_every_session_of_the_groups_once_and_newest_first() => Gen
        .Select(Lives, Gen.Int[1, 7], Gen.Enum<SessionGroup>().HashSet[1, 5])
        .SampleAsync(
            async (lives, length, wanted) =>
            {
                var engine = $"engine-{Guid.NewGuid():N}";
                var groups = SessionGroups.All.Where(wanted.Contains).ToList();
                List<(string Place, SessionGroup Group)> sessions = [];
                foreach (var (moment, statuses) in lives)
                {
                    SessionStatus[] path = [.. statuses.Where(status => !status.IsTerminal()), statuses[^1]];
                    sessions.Add((await LiveAsync(Now.AddTicks(moment), path, engine), SessionGroups.Of(path[^1])));
                }

                var read = await ReadAllAsync(groups, engine, length);

                Assert.Equal(
                    sessions
                        .Where(session => wanted.Contains(session.Group))
                        .Select(session => session.Place)
                        .OrderDescending(StringComparer.Ordinal),
                    read);
            },
            iter: 100);

    [Fact]
    public async Task A_session_is_found_under_each_of_its_engines_and_without_one()
    {
        var (one, other) = ($"one-{Guid.NewGuid():N}", $"other-{Guid.NewGuid():N}");

        var place = await LiveAsync(DateTimeOffset.MaxValue, [SessionStatus.Pending, SessionStatus.Failed], one, other);

        Assert.Equal([place], await Lists.ReadAsync([SessionGroup.Failed], one, before: null, 10));
        Assert.Equal([place], await Lists.ReadAsync([SessionGroup.Failed], other, before: null, 10));
        Assert.Equal([place], await Lists.ReadAsync([SessionGroup.Failed], engine: null, before: null, 1));
        Assert.Empty(await Lists.ReadAsync([SessionGroup.Finished], one, before: null, 10));
    }

    [Fact]
    public async Task What_is_past_its_retention_leaves_the_lists()
    {
        var engine = $"gone-{Guid.NewGuid():N}";
        await LiveAsync(Now, [SessionStatus.Pending, SessionStatus.Finished], engine);
        _clock.Advance(_retention / 2);
        var recent = await LiveAsync(_clock.GetUtcNow(), [SessionStatus.Pending, SessionStatus.Finished], engine);

        var blobs = new FolderBlobStore(Options.Create(new FolderBlobStoreOptions { Path = Directory.CreateTempSubdirectory("blueedge-").FullName }));
        using var sweeper = new ExpiredSessionSweeper(Store(), Lists, blobs, _clock, NullLogger<ExpiredSessionSweeper>.Instance);
        _clock.Advance(_retention / 2);
        await sweeper.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal([recent], await Lists.ReadAsync([SessionGroup.Finished], engine, before: null, 10));
    }

    private RedisSessionStore Store() =>
        ActivatorUtilities.CreateInstance<RedisSessionStore>(Serializers, _store, _keys, Options.Create(new SessionOptions { Retention = _retention }), _clock);

    /// <summary>Writes a session with each of its statuses, and answers with its place.</summary>
    private async Task<string> LiveAsync(DateTimeOffset submittedAt, SessionStatus[] statuses, params string[] engines)
    {
        var store = Store();
        var spec = Specs.Session([.. engines.Select(engine => Specs.Node(engine, engine, []))]);
        var sessionId = SessionIds.Create();
        var state = SessionState.None;
        for (var version = 0; version < statuses.Length; version++)
        {
            var next = state with { Status = statuses[version], SubmittedAt = submittedAt, EndedAt = statuses[version].IsTerminal() ? _clock.GetUtcNow() : null };
            await store.WriteAsync(sessionId, version, spec, state, next);
            state = next;
        }

        return ListedSession.Of(sessionId, spec, state).Place;
    }

    private async Task<ImmutableArray<string>> ReadAllAsync(IReadOnlyList<SessionGroup> groups, string engine, int length)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        string? cursor = null;
        while (true)
        {
            var page = await Lists.ReadAsync(groups, engine, cursor, length);
            all.AddRange(page);
            if (page.Length < length)
            {
                return all.ToImmutable();
            }

            cursor = page[^1];
        }
    }
}
