using BlueEdge.Calls;
using BlueEdge.Channels.Inputs;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>The channels that clients write: has each feed the engines, and tells it when nothing is taken any more.</summary>
internal sealed class SessionInputs(ActiveSession session, SessionWorks works, IGrainFactory grains, TimeProvider clock)
{
    /// <summary>How long one call waits for the end of a feed. Who is asked may die meanwhile: so another begins it at the latest then.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Has the channels feed the engines, which are ready.</summary>
    public void Feed(SessionState state)
    {
        foreach (var channel in session.Plan.Inputs)
        {
            works.BeginWhile(state, $"feed what clients write to channel '{channel.Name}'", begun => FeedAsync(begun, channel));
        }
    }

    /// <summary>A caller stopped the session: those who write need not wait for its end to hear of it.</summary>
    public void CloseWhereStopped(SessionState state)
    {
        if (state.StopRequested)
        {
            Close(state);
        }
    }

    /// <summary>Tells those who write that the session is over.</summary>
    public void Close(SessionState state)
    {
        foreach (var channel in session.Plan.Inputs)
        {
            works.Begin(state, $"close channel '{channel.Name}'", _ => Find(channel).CloseAsync(CancellationToken.None), () => true);
        }
    }

    /// <summary>What such a channel is told, and asks for.</summary>
    public static InputDefinition Define(ChannelSpec channel, SessionState state) => new()
    {
        Channel = channel,
        Tenant = state.Tenant,
        Epoch = state.Epoch,
        IsOver = state.Status.IsTerminal() || (state.Status is SessionStatus.Stopping && state.StopRequested),
    };

    private async Task FeedAsync(SessionState state, ChannelSpec channel)
    {
        var order = new InputFeedOrder { Definition = Define(channel, state), Link = session.Plan.Input(channel, state) };
        for (InputFeedReport? report = null; report is not { IsOver: true } && session.State.Status == state.Status && session.State.Epoch == state.Epoch;)
        {
            report = await Find(channel).FeedAsync(order, Turn, CancellationToken.None).WaitAsync(session.Deactivated);
            if (report.Lost is { } reason)
            {
                await session.ChangeAsync(current => current.LoseWriters(state.Epoch, reason, clock.GetUtcNow()));
            }
            else if (!report.IsOver)
            {
                // One that is about to move answers at once.
                await Task.Delay(Pause, clock, session.Deactivated);
            }
        }
    }

    private IInputControl Find(ChannelSpec channel) => grains.Find<IInputControl>(new ChannelKey(session.Id, channel.Name).ToString());
}
