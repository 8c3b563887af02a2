using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Orleans.Storage;

namespace BlueEdge.Store.Tests.Sessions;

public abstract class SessionFacts : StoreFacts
{
    [Fact]
    public async Task A_session_is_read_as_it_was_written()
    {
        var state = State(SessionStatus.Pending) with { Fingerprint = "one" };

        var sessionId = await LiveAsync(Specs.Chain(2, 7), state, state with { Status = SessionStatus.Queuing });

        var stored = await Stores.Sessions.ReadAsync(sessionId);
        Assert.Equal((2L, SessionStatus.Queuing, "one"), (stored.Version, stored.State.Status, stored.State.Fingerprint));
        Assert.Equal(["relay-0", "relay-1"], stored.Spec!.Nodes.Select(node => node.Name));
        Assert.Equal(0, (await Stores.Sessions.ReadAsync(SessionIds.Create())).Version);
    }

    [Fact]
    public async Task A_write_that_knows_another_version_changes_nothing()
    {
        var (pending, running) = (State(SessionStatus.Pending), State(SessionStatus.Processing));
        var sessionId = await LiveAsync(Specs.Chain(1), pending, running);

        await ConflictsAsync(sessionId, 0, SessionState.None, pending);
        await ConflictsAsync(sessionId, 1, pending, State(SessionStatus.Canceled));
        await ConflictsAsync(SessionIds.Create(), 1, pending, running);

        var stored = await Stores.Sessions.ReadAsync(sessionId);
        Assert.Equal((2L, SessionStatus.Processing), (stored.Version, stored.State.Status));
    }

    [Fact]
    public async Task Events_are_stored_with_the_state_that_they_tell_of_and_read_by_their_number()
    {
        var (pending, running) = (Told(SessionStatus.Pending, 1, 2), Told(SessionStatus.Processing, 3));

        var sessionId = await LiveAsync(Specs.Chain(1), pending, running, Told(SessionStatus.Finished));

        Assert.Equal([1, 2, 3], await NumbersAsync(sessionId, 0, 100));
        Assert.Equal([2], await NumbersAsync(sessionId, 1, 1));
        Assert.Equal([3], await NumbersAsync(sessionId, 2, 100));
        Assert.Empty(await NumbersAsync(sessionId, 3, 100));
        Assert.Empty(await NumbersAsync(sessionId, long.MaxValue - 1_000, 100));
        Assert.Empty((await Stores.Sessions.ReadAsync(sessionId)).State.News);
        Assert.Equal("reason 3", (await Stores.Sessions.ReadEventsAsync(sessionId, 2, 1))[0].Reason);
    }

    [Fact]
    public async Task The_newest_events_are_kept_and_read_by_their_numbers_whatever_was_dropped()
    {
        const int Batch = 2_600;
        var states = Enumerable.Range(0, 5).Select(part => Told(SessionStatus.Processing, [.. Enumerable.Range((part * Batch) + 1, Batch).Select(number => (long)number)])).ToArray();

        var sessionId = await LiveAsync(Specs.Chain(1), states);

        const long First = (5 * Batch) - SessionEvents.MostKept + 1;
        Assert.Equal([First, First + 1], await NumbersAsync(sessionId, 0, 2));
        Assert.Equal([First, First + 1], await NumbersAsync(sessionId, First - 1, 2));
        Assert.Equal([First + 70, First + 71], await NumbersAsync(sessionId, First + 69, 2));
        Assert.Equal([5 * Batch], await NumbersAsync(sessionId, (5 * Batch) - 1, 100));
        Assert.Empty(await NumbersAsync(sessionId, 5 * Batch, 100));
        Assert.Equal(SessionEvents.MostKept, (await NumbersAsync(sessionId, 0, 20_000)).Count());
    }

    [Fact]
    public async Task Sessions_that_somebody_has_yet_to_hear_of_are_found_until_all_was_told()
    {
        var (pending, finished) = (Told(SessionStatus.Pending, 1) with { Told = 0 }, Told(SessionStatus.Finished, 2) with { Told = 1 });
        var ids = new[] { await LiveAsync(Specs.Chain(1), pending), await LiveAsync(Specs.Chain(1), pending, finished), await LiveAsync(Specs.Chain(1), pending, finished, finished with { Told = 2, News = [] }) };
        await LiveAsync(Specs.Chain(1), Told(SessionStatus.Pending, 1));

        string[] untold = [.. ids.Take(2).Order(StringComparer.Ordinal)];
        Assert.Equal(untold, await Stores.Lists.ReadUntoldAsync(null, 100));
        Assert.Equal(untold[1..], await Stores.Lists.ReadUntoldAsync(untold[0], 100));
        Assert.Equal(untold[..1], await Stores.Lists.ReadUntoldAsync(null, 1));
    }

    [Fact]
    public async Task A_session_that_is_swept_away_is_no_longer_among_those_that_somebody_has_yet_to_hear_of()
    {
        var finished = Told(SessionStatus.Finished, 2) with { Told = 1, EndedAt = Now - (2 * Stores.Retention) };
        await LiveAsync(Specs.Chain(1), Told(SessionStatus.Pending, 1) with { Told = 0 }, finished);

        await Stores.Lists.RemoveAsync(await Stores.Lists.ReadExpiredAsync(Now, 100));

        Assert.Empty(await Stores.Lists.ReadUntoldAsync(null, 100));
    }

    [Fact]
    public async Task A_write_that_knows_another_version_stores_none_of_its_events()
    {
        var pending = Told(SessionStatus.Pending, 1);
        var sessionId = await LiveAsync(Specs.Chain(1), pending);

        await ConflictsAsync(sessionId, 5, pending, Told(SessionStatus.Canceled, 2));

        Assert.Equal([1], await NumbersAsync(sessionId, 0, 100));
    }

    [Fact]
    public async Task Of_many_who_write_the_same_version_one_wins()
    {
        var pending = State(SessionStatus.Pending);
        var sessionId = await LiveAsync(Specs.Chain(1), pending);

        var writes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            try
            {
                await Stores.Sessions.WriteAsync(sessionId, 1, Specs.Chain(1), pending, pending with { Reason = $"{i}" });
                return $"{i}";
            }
            catch (InconsistentStateException)
            {
                return null;
            }
        }));

        Assert.Equal(Assert.Single(writes, write => write is not null), (await Stores.Sessions.ReadAsync(sessionId)).State.Reason);
    }

    [Fact]
    public async Task A_session_past_its_retention_is_not_there_and_its_id_may_be_used_again()
    {
        var engine = $"engine-{Guid.NewGuid():N}";
        var spec = Specs.Single(engine, 1, ("Out", "result"));
        var sessionId = await LiveAsync(spec, State(SessionStatus.Processing));
        Assert.True(await Stores.Results.AppendAsync(new(sessionId, engine), 1, "result", isOnlyProducer: true, 0, Items(0, 3), Ct));
        await Stores.Sessions.WriteAsync(sessionId, 1, spec, State(SessionStatus.Processing), Told(SessionStatus.Processing, 1, 2));
        await Stores.Sessions.WriteAsync(sessionId, 2, spec, State(SessionStatus.Processing), State(SessionStatus.Finished) with { EndedAt = Now - (2 * Stores.Retention) });
        await UntilAsync(async () => (await Stores.Sessions.ReadAsync(sessionId)).Version == 0, "The session was not gone");

        Stores.Clock.Advance(TimeSpan.FromSeconds(1));
        await LiveAsync(sessionId, spec, State(SessionStatus.Pending));

        Assert.Equal(SessionStatus.Pending, (await Stores.Sessions.ReadAsync(sessionId)).State.Status);
        Assert.Equal(0, (await Stores.Results.ReadAsync(sessionId, 1, [new() { Channel = "result" }], Ct))[0].Total);

        Assert.Empty(await NumbersAsync(sessionId, 0, 100));

        // The sweep finds the one before, and leaves the one after alone.
        await Stores.Lists.RemoveAsync(await Stores.Lists.ReadExpiredAsync(Now, 100));
        Assert.Equal(SessionStatus.Pending, (await Stores.Sessions.ReadAsync(sessionId)).State.Status);
        Assert.Equal([sessionId], (await ListedAsync(SessionGroup.Waiting, engine)).Select(ListedSession.SessionIdOf));
        Assert.Empty(await ListedAsync(SessionGroup.Finished, engine));
    }

    private SessionState Told(SessionStatus status, params long[] numbers) => State(status) with
    {
        LastEvent = numbers.LastOrDefault(),
        News = [.. numbers.Select(number => new SessionEvent
        {
            Number = number,
            At = Now,
            Kind = SessionEventKind.StatusChanged,
            Epoch = 1,
            Status = status,
            Reason = $"reason {number}",
        })],
    };

    private async Task<IEnumerable<long>> NumbersAsync(string sessionId, long after, int count) =>
        (await Stores.Sessions.ReadEventsAsync(sessionId, after, count)).Select(one => one.Number);
}
