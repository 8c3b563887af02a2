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
        Assert.Equal([place], await Stores.Lists.ReadAsync(tenant: null, [SessionGroup.Failed], engine: null, before: null, 1));
        Assert.Empty(await ListedAsync(SessionGroup.Finished, one));
    }

    [Fact]
    public async Task A_tenants_lists_hold_its_sessions_and_no_others_until_they_are_removed()
    {
        var (engine, blue, red) = ($"engine-{Guid.NewGuid():N}", $"blue-{Guid.NewGuid():N}", $"red-{Guid.NewGuid():N}");
        SessionStatus[] path = [SessionStatus.Pending, SessionStatus.Processing, SessionStatus.Finished];

        var ours = await LiveAsync(blue, Now, path, engine);
        var theirs = await LiveAsync(red, Now, path, engine);
        var nobodys = await LiveAsync(Now, path, engine);
        var waiting = await LiveAsync(blue, Now, [SessionStatus.Pending], engine);

        Assert.Equal([ours], await ListedAsync(blue, SessionGroup.Finished, engine));
        Assert.Equal([ours], await ListedAsync(blue, SessionGroup.Finished, engine: null));
        Assert.Equal([waiting], await ListedAsync(blue, SessionGroup.Waiting, engine: null));
        Assert.Empty(await ListedAsync(blue, SessionGroup.Running, engine));
        Assert.Equal([theirs], await ListedAsync(red, SessionGroup.Finished, engine));
        Assert.Equal([nobodys], await ListedAsync(SessionGroup.Finished, engine));

        Stores.Clock.Advance(Stores.Retention);
        await Stores.Lists.RemoveAsync(await Stores.Lists.ReadExpiredAsync(Now, 100));

        Assert.Empty(await ListedAsync(blue, SessionGroup.Finished, engine));
        Assert.Empty(await ListedAsync(blue, SessionGroup.Finished, engine: null));
        Assert.Empty(await ListedAsync(red, SessionGroup.Finished, engine));
        Assert.Equal([waiting], await ListedAsync(blue, SessionGroup.Waiting, engine));
    }

    [Fact]
    public async Task A_tenants_sessions_are_counted_by_groups()
    {
        var (blue, red) = ($"t-{Guid.NewGuid():N}", $"t-{Guid.NewGuid():N}");
        await LiveAsync(blue, Now, [SessionStatus.Pending], "engine");
        await LiveAsync(blue, Now, [SessionStatus.Pending, SessionStatus.Processing], "engine");
        await LiveAsync(blue, Now, [SessionStatus.Pending, SessionStatus.Finished], "engine");
        await LiveAsync(red, Now, [SessionStatus.Pending], "engine");

        Assert.Equal(2, await Stores.Lists.CountAsync(blue, [SessionGroup.Waiting, SessionGroup.Running]));
        Assert.Equal(1, await Stores.Lists.CountAsync(red, [SessionGroup.Waiting, SessionGroup.Running]));
        Assert.Equal(0, await Stores.Lists.CountAsync(red, [SessionGroup.Finished]));
    }

    [Fact]
    public async Task Tenants_with_sessions_are_told_in_pages_and_the_default_one_is_none_of_them()
    {
        var prefix = $"t{Guid.NewGuid():N}";
        string[] tenants = [.. Enumerable.Range(0, 5).Select(i => $"{prefix}-{i}")];
        foreach (var tenant in tenants.Concat(tenants))
        {
            await LiveAsync(tenant, Now, [SessionStatus.Pending], "engine");
        }

        var first = await Stores.Lists.ReadTenantsAsync(prefix, 2);
        var rest = await Stores.Lists.ReadTenantsAsync(first[^1], 100);

        Assert.Equal(tenants, first.Concat(rest.TakeWhile(tenant => tenant.StartsWith(prefix, StringComparison.Ordinal))));
        Assert.DoesNotContain("", await Stores.Lists.ReadTenantsAsync(null, 1_000));
    }

    [Fact]
    public async Task What_a_former_build_listed_as_the_default_tenants_leaves_its_lists_when_it_moves_on()
    {
        // A former build knew no tenants in its lists.
        var (engine, sessionId) = ($"engine-{Guid.NewGuid():N}", SessionIds.Create());
        var spec = Specs.Session([Specs.Node(engine, engine, [])]);
        var waiting = State(SessionStatus.Pending);
        await LiveAsync(sessionId, spec, waiting);
        var running = State(SessionStatus.Processing) with { SubmittedAt = waiting.SubmittedAt, Tenant = "blue" };

        await Stores.Sessions.WriteAsync(sessionId, 1, spec, waiting, running);

        Assert.Empty(await ListedAsync(SessionGroup.Waiting, engine));
        Assert.Equal([sessionId], (await ListedAsync("blue", SessionGroup.Running, engine)).Select(ListedSession.SessionIdOf));
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
    private Task<string> LiveAsync(DateTimeOffset submittedAt, SessionStatus[] statuses, params string[] engines) =>
        LiveAsync(tenant: null, submittedAt, statuses, engines);

    private async Task<string> LiveAsync(string? tenant, DateTimeOffset submittedAt, SessionStatus[] statuses, params string[] engines)
    {
        var spec = Specs.Session([.. engines.Select(engine => Specs.Node(engine, engine, []))]);
        SessionState[] states = [.. statuses.Select(status => State(status) with { SubmittedAt = submittedAt, Tenant = tenant })];
        return ListedSession.Of(await LiveAsync(spec, states), spec, states[^1]).Place;
    }

    private Task<ImmutableArray<string>> ListedAsync(string? tenant, SessionGroup group, string? engine) =>
        Stores.Lists.ReadAsync(tenant, [group], engine, before: null, 100);

    private async Task<ImmutableArray<string>> ReadAllAsync(IReadOnlyList<SessionGroup> groups, string engine, int length)
    {
        var all = ImmutableArray.CreateBuilder<string>();
        string? cursor = null;
        while (true)
        {
            var page = await Stores.Lists.ReadAsync(tenant: null, groups, engine, cursor, length);
            all.AddRange(page);
            if (page.Length < length)
            {
                return all.ToImmutable();
            }

            cursor = page[^1];
        }
    }
}
