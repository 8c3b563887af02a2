namespace BlueEdge.Grains.Channels;

/// <summary>What a writer knows of whether its reader is there, from the reader's answers.</summary>
internal sealed class ReaderPresence(ChannelEnd reader, ChannelDelivery outline)
{
    /// <summary>How often a reader may be unknown, each time for as long as its instance waits for it, before it counts as lost.</summary>
    private const int UnknownTries = 6;

    private bool _known;
    private int _unknown;

    /// <summary>Whether it is over: nobody waits for items any more.</summary>
    public bool IsGone { get; private set; }

    /// <exception cref="BlueEdgeException">The reader has not begun for so long that it never will.</exception>
    public void Heard(DeliveryReply reply)
    {
        // Once known and no more: it has been over for so long that its instance has forgotten it.
        IsGone |= reply.Gone || (reply.NotYet && _known);
        _known |= !reply.NotYet;
        _unknown = reply.NotYet ? _unknown + 1 : 0;
        if (_unknown == UnknownTries)
        {
            throw new BlueEdgeException(
                $"Node '{reader.Name}' of session {outline.Reader.SessionId}, which reads channel '{outline.Channel}', never began on {reader.Address}. Run the session again, and look there for why.");
        }
    }
}
