using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Results;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Results;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>
/// Where a channel's items are read from by those who listen, at any gateway: what is kept from the store, from the first item on; anything
/// else from the tap, which has the newest.
/// </summary>
/// <param name="sessions">Reads on.</param>
/// <param name="channel">The channel.</param>
/// <param name="isKept">Whether its items are kept.</param>
internal sealed class ChannelSource(SessionFollower sessions, ChannelKey channel, bool isKept)
{
    /// <summary>The session.</summary>
    public string SessionId => channel.SessionId;

    /// <summary>What comes from a place on; nothing after a while without anything, and <see langword="null"/> where the session is gone.</summary>
    public Task<ResultBatch?> NextAsync(int epoch, long offset, CancellationToken cancellationToken) => isKept
        ? sessions.NextResultsAsync(channel.SessionId, channel.Channel, epoch, offset, cancellationToken)
        : sessions.NextTappedAsync(channel, epoch, offset, cancellationToken);

    /// <summary>Where the bytes of an item are read.</summary>
    /// <param name="root">What the addresses of the API begin with.</param>
    /// <param name="epoch">The item's attempt.</param>
    /// <param name="offset">Its place.</param>
    public string HrefOf(string root, int epoch, long offset) => isKept
        ? ItemJson.HrefOf($"{root}/{ApiRoutes.Workflow}/{channel.SessionId}", channel.Channel, offset)
        : $"{root}/sessions/{channel.SessionId}/channels/{Uri.EscapeDataString(channel.Channel)}/items/{ChannelCursor.IdOf(epoch, offset)}";
}
