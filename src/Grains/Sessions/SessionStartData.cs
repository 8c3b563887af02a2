using System.Collections.Immutable;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions;

/// <summary>Start data, which the session writes to its channels as a node writes its items.</summary>
internal sealed class SessionStartData(ActiveSession session, SessionWorks works, IResultStore results, IGrainFactory grains)
{
    private SubSessionKey Producer => new(session.Id, ChannelEnd.StartData.Name);

    /// <summary>Stores what is owed to readers of the results before any engine gets it, for engines may end before it is read; then sends all of it.</summary>
    public void Write(SessionState state)
    {
        if (state.OwesStartData)
        {
            works.BeginWhile(state, "store start data", StoreAsync);
        }
        else
        {
            works.BeginWhile(state, "feed", SendAsync);
        }
    }

    private async Task StoreAsync(SessionState state)
    {
        await Task.WhenAll(session.Plan.StartData(state).Where(data => data.Link.Interested).Select(data => results.AppendAsync(
            Producer,
            state.Epoch,
            data.Link.Channel,
            data.Link.IsOnlyProducer,
            0,
            data.Items,
            CancellationToken.None).AsTask()));
        await session.ChangeAsync(current => current.StoreStartData(state.Epoch));
    }

    private Task SendAsync(SessionState state)
    {
        return Task.WhenAll(session.Plan.StartData(state).SelectMany(data => data.Link.Readers.Select(reader => SendAsync(data.Link, reader, data.Items))));

        async Task SendAsync(OutputLink link, ChannelEnd reader, ImmutableArray<Payload> items)
        {
            // They are in memory all the time, so that no window keeps them out of it.
            var route = new InstanceRoute(grains.Find<IEngineInstanceGrain>(reader.Instance));
            var sending = ReaderLink.Open(link, reader, Producer, state.Epoch, route, int.MaxValue, long.MaxValue, session.Deactivated);
            for (var i = 0; i < items.Length - 1; i++)
            {
                await sending.WriteAsync(items[i]);
            }

            await sending.EndAsync(items[^1]);
        }
    }
}
