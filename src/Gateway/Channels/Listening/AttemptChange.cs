namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>Another attempt writes the channel, from its first item on: what it writes takes the place of all that came before.</summary>
internal sealed record AttemptChange
{
    /// <summary>The attempt that writes now.</summary>
    public required int Attempt { get; init; }

    /// <summary>The attempt that the listener was in.</summary>
    public required int Former { get; init; }
}
