using BlueEdge.Sessions;

namespace BlueEdge.Channels;

/// <summary>What a writer knows of whether its reader is there, from the reader's answers.</summary>
internal sealed class ReaderPresence(SubSessionKey reader, string instance, string channel)
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
                $"Node '{reader.Node}' of session {reader.SessionId}, which reads channel '{channel}', never began on {instance}. Run the session again, and look there for why.");
        }
    }
}
