using BlueEdge.Channels.Inputs;

namespace BlueEdge.Client.Channels;

/// <summary>A channel did not take what was written to it, and will not.</summary>
public sealed class ChannelWriteException : BlueEdgeException
{
    internal ChannelWriteException(string message, InputReply reply)
        : base(message) => (Outcome, NextSequence) = (reply.Outcome, reply.NextSequence);

    /// <summary>What became of it; <see cref="InputOutcome.Taken"/> where another wrote by the same name, and some of the items were taken for its own.</summary>
    public InputOutcome Outcome { get; }

    /// <summary>The number that the channel wants of this writer next.</summary>
    public long NextSequence { get; }
}
