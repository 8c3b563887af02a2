using System.Collections.Immutable;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>
/// Channels that somebody listens to though they are not kept. Who listens asks again and again, so that this is remembered in memory
/// alone: nodes that start while it is known send from their first item on.
/// </summary>
internal sealed class SessionTaps(ActiveSession session, SessionWaiters waiters)
{
    private readonly HashSet<string> _channels = new(StringComparer.Ordinal);

    /// <summary>Whether somebody listens to the channel.</summary>
    public bool Has(string channel) => _channels.Contains(channel);

    /// <summary>
    /// Where the channel stands, once it has writers in a newer attempt than that or the session has ended, or that time is over;
    /// <see langword="null"/> where there is none that can be tapped, or no such session any more.
    /// </summary>
    public async Task<TapDefinition?> WatchAsync(string channel, int attached, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await session.WakeAsync();
        if (!session.Exists)
        {
            session.Leave();
            return null;
        }

        if (!session.Plan.CanBeTapped(channel))
        {
            return null;
        }

        _channels.Add(channel);
        if (atMost > TimeSpan.Zero)
        {
            await waiters.ChangedAsync(() => session.State.Status.IsTerminal() || WritersOf(channel, attached) is not null, atMost, cancellationToken);
        }

        if (session.State.Status.IsTerminal())
        {
            // An end is told only once nothing can undo it.
            await waiters.Ended;
        }

        var (writers, state) = (WritersOf(channel, attached), session.State);
        return new()
        {
            Tenant = state.Tenant,
            Epoch = state.Epoch,
            IsOver = state.Status.IsTerminal(),
            IsExpected = session.Plan.IsTapped(channel),
            Writers = writers,
            IsRecorded = session.Plan.IsRecorded(channel),
            StartData = writers is null ? [] : session.Plan.StartDataOf(channel),
        };
    }

    private ImmutableArray<TapWriter>? WritersOf(string channel, int attached) => session.State.Epoch > attached ? session.Plan.TapWriters(channel, session.State) : null;
}
