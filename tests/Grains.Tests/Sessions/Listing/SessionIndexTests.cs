using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Storage;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace BlueEdge.Sessions.Listing;

/// <summary>The index on a real Redis; each test has engines of its own, so that others' sessions are not in its lists.</summary>
public sealed class SessionIndexTests(RedisServer redis)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly SessionIndex _index = new(redis.Connection);

    /// <summary>Moments that often coincide, and what became of the session.</summary>
    private static Gen<(int Moment, SessionGroup[] Groups)[]> Lives { get; } =
        Gen.Select(Gen.Int[0, 9], Gen.Enum<SessionGroup>().Array[1, 4]).Array[0, 60];

    [Fact]
    public Task Pages_of_any_length_hold_every_session_of_the_groups_once_and_newest_first() => Gen
        .Select(Lives, Gen.Int[1, 7], Gen.Enum<SessionGroup>().HashSet[1, 5])
        .SampleAsync(
            async (lives, length, wanted) =>
            {
                var engine = $"engine-{Guid.NewGuid():N}";
                var groups = SessionGroups.All.Where(wanted.Contains).ToList();
                var sessions = lives.Select(life => (Session: Session(engine, life.Moment), life.Groups)).ToList();
                foreach (var (session, path) in sessions)
                {
                    foreach (var group in path.Where(group => group <= SessionGroup.Running).Append(path[^1]))
                    {
                        await _index.MoveAsync(session, group, [.. new[] { SessionGroup.Waiting, SessionGroup.Running }.Where(other => other != group)]);
                    }
                }

                var read = await ReadAllAsync(groups, engine, length);

                Assert.Equal(
                    sessions
                        .Where(entry => wanted.Contains(entry.Groups[^1]))
                        .Select(entry => entry.Session.Place)
                        .OrderDescending(StringComparer.Ordinal),
                    read);
            },
            iter: 100);

    [Fact]
    public async Task A_session_is_found_under_each_of_its_engines_and_without_one()
    {
        var (one, other) = ($"one-{Guid.NewGuid():N}", $"other-{Guid.NewGuid():N}");
        var session = new ListedSession(SessionIds.Create(), DateTimeOffset.MaxValue, [one, other]);

        await _index.MoveAsync(session, SessionGroup.Failed);

        Assert.Equal([session.Place], await _index.ReadAsync([SessionGroup.Failed], one, before: null, 10));
        Assert.Equal([session.Place], await _index.ReadAsync([SessionGroup.Failed], other, before: null, 10));
        Assert.Equal([session.Place], await _index.ReadAsync([SessionGroup.Failed], engine: null, before: null, 1));
        Assert.Empty(await _index.ReadAsync([SessionGroup.Finished], one, before: null, 10));
    }

    [Fact]
    public async Task What_is_past_its_retention_leaves_the_lists()
    {
        var engine = $"gone-{Guid.NewGuid():N}";
        var clock = new FakeTimeProvider(Now);
        var (old, recent) = (Session(engine, 0), Session(engine, 1));
        foreach (var (session, expires) in new[] { (old, Now.AddSeconds(20)), (recent, Now.AddHours(1)) })
        {
            await _index.MoveAsync(session, SessionGroup.Finished);
            await redis.Connection.GetDatabase().SortedSetAddAsync(StorageKeys.Expiring, session.Format(SessionGroup.Finished), expires.ToUnixTimeMilliseconds());
        }

        var blobs = new FolderBlobStore(Options.Create(new FolderBlobStoreOptions { Path = Directory.CreateTempSubdirectory("blueedge-").FullName }));
        using var sweeper = new ExpiredSessionSweeper(redis.Connection, blobs, _index, clock, NullLogger<ExpiredSessionSweeper>.Instance);
        clock.Advance(TimeSpan.FromSeconds(30));
        await sweeper.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal([recent.Place], await _index.ReadAsync([SessionGroup.Finished], engine, before: null, 10));
    }

    private static ListedSession Session(string engine, int moment) => new(SessionIds.Create(), Now.AddTicks(moment), [engine]);

    private async Task<ImmutableArray<string>> ReadAllAsync(IReadOnlyList<SessionGroup> groups, string engine, int length)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        string? cursor = null;
        while (true)
        {
            var page = await _index.ReadAsync(groups, engine, cursor, length);
            all.AddRange(page);
            if (page.Length < length)
            {
                return all.ToImmutable();
            }

            cursor = page[^1];
        }
    }
}
