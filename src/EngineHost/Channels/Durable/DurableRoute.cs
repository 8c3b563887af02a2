using BlueEdge.Grains.Channels;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>
/// Deliveries through an instance's mailbox. The reader was asked for room before, so it takes all that is written; what is
/// written counts as taken.
/// </summary>
/// <param name="direct">Asks the reader.</param>
/// <param name="publish">Writes deliveries to the mailbox, all of them in their order.</param>
internal sealed class DurableRoute(IChannelRoute direct, Func<IReadOnlyList<ChannelDelivery>, CancellationToken, Task> publish) : IChannelRoute
{
    /// <summary>A message has at least one item, and no more once it holds so many bytes.</summary>
    private const int MessageBytes = 512 * 1024;

    /// <summary>How often the reader may answer that written items have not come, each time after some seconds.</summary>
    private const int MissingTries = 6;

    private bool _known;
    private bool _written;
    private int _missing;
    private long _creditItems;
    private long _creditBytes;

    public async ValueTask<DeliveryReply> DeliverAsync(ChannelDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Items.IsEmpty && !(delivery.Ended && _written))
        {
            return await AskAsync(delivery, cancellationToken);
        }

        // The first to hear of a writer is the reader itself: only one that is there gets anything.
        if (!_known && await AskAsync(delivery with { Items = [], Ended = false }, cancellationToken) is { } reply && !_known)
        {
            return reply;
        }

        var deliveries = Split(delivery);
        await publish(deliveries, cancellationToken);
        _written = true;
        _creditItems = Math.Max(0, _creditItems - delivery.Items.Length);
        _creditBytes = Math.Max(0, _creditBytes - delivery.Items.Sum(item => (long)item.Weight));
        return new()
        {
            NextSequence = delivery.FirstSequence + delivery.Items.Length,
            CreditItems = (int)_creditItems,
            CreditBytes = _creditBytes,
        };
    }

    private async ValueTask<DeliveryReply> AskAsync(ChannelDelivery question, CancellationToken cancellationToken)
    {
        var reply = await direct.DeliverAsync(question, cancellationToken);
        if (reply.Gone || reply.NotYet)
        {
            return reply;
        }

        _known = true;
        (_creditItems, _creditBytes) = (reply.CreditItems, reply.CreditBytes);
        if (reply.NextSequence >= question.FirstSequence)
        {
            _missing = 0;
            return reply;
        }

        if (++_missing == MissingTries)
        {
            throw new BlueEdgeException(
                $"Node '{question.Reader.Node}' of session {question.Reader.SessionId} never got item {reply.NextSequence} of channel '{question.Channel}', which was written to its mailbox. Run the session again, and look for it in the dead letters.");
        }

        // What is still on its way takes up the room.
        return reply with { NextSequence = question.FirstSequence, CreditItems = 0, CreditBytes = 0 };
    }

    private static List<ChannelDelivery> Split(ChannelDelivery delivery)
    {
        List<ChannelDelivery> parts = [];
        var (first, bytes) = (0, 0L);
        for (var i = 0; i < delivery.Items.Length; i++)
        {
            bytes += delivery.Items[i].Weight;
            if (bytes >= MessageBytes && i + 1 < delivery.Items.Length)
            {
                parts.Add(Part(first, i + 1, ended: false));
                (first, bytes) = (i + 1, 0);
            }
        }

        parts.Add(Part(first, delivery.Items.Length, delivery.Ended));
        return parts;

        ChannelDelivery Part(int from, int to, bool ended) => delivery with
        {
            FirstSequence = delivery.FirstSequence + from,
            Items = from == 0 && to == delivery.Items.Length ? delivery.Items : [.. delivery.Items.AsSpan(from, to - from)],
            Ended = ended,
        };
    }
}
