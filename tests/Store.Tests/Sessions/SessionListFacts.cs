using System.Collections.Immutable;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Sessions;
using CsCheck;

namespace BlueEdge.Store.Tests.Sessions;

public abstract class SessionListFacts : StoreFacts
{
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
            iter: 100,
            threads: 1);

    [Fact]
    public async Task A_session_is_found_under_each_of_its_engines_and_without_one()
    {
        var (one, other) = ($"one-{Guid.NewGuid():N}", $"other-{Guid.NewGuid():N}");

        var place = await LiveAsync(DateTimeOffset.MaxValue, [SessionStatus.Pending, SessionStatus.Failed], one, other);

        Assert.Equal([place], await ListedAsync(SessionGroup.Failed, one));
        Assert.Equal([place], await ListedAsync(SessionGroup.Failed, other));
        Assert.Equal([place], await Stores.Lists.ReadAsync([SessionGroup.Failed], engine: null, before: null, 1));
        Assert.Empty(await ListedAsync(SessionGroup.Finished, one));
    }

    [Fact]
    public async Task What_is_past_its_retention_leaves_the_lists()
    {
        var engine = $"gone-{Guid.NewGuid():N}";
        await LiveAsync(Now, [SessionStatus.Pending, SessionStatus.Finished], engine);
        Stores.Clock.Advance(Stores.Retention / 2);
        var recent = await LiveAsync(Now, [SessionStatus.Pending, SessionStatus.Finished], engine);
        Stores.Clock.Advance(Stores.Retention / 2);

        await Stores.Lists.RemoveAsync(await Stores.Lists.ReadExpiredAsync(Now, 100));

        Assert.Equal([recent], await ListedAsync(SessionGroup.Finished, engine));
        Assert.Empty(await Stores.Lists.ReadExpiredAsync(Now, 100));
    }

    /// <summary>Writes a session with each of its statuses, and answers with its place.</summary>
    private async Task<string> LiveAsync(DateTimeOffset submittedAt, SessionStatus[] statuses, params string[] engines)
    {
        var spec = Specs.Session([.. engines.Select(engine => Specs.Node(engine, engine, []))]);
        SessionState[] states = [.. statuses.Select(status => State(status) with { SubmittedAt = submittedAt })];
        return ListedSession.Of(await LiveAsync(spec, states), spec, states[^1]).Place;
    }

    private async Task<ImmutableArray<string>> ReadAllAsync(IReadOnlyList<SessionGroup> groups, string engine, int length)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        string? cursor = null;
        while (true)
        {
            var page = await Stores.Lists.ReadAsync(groups, engine, cursor, length);
            all.AddRange(page);
            if (page.Length < length)
            {
                return all.ToImmutable();
            }

            cursor = page[^1];
        }
    }
}
