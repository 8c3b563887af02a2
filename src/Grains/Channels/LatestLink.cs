using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// The way to a reader of a channel that delivers the latest: while a delivery is under way only the newest item waits. The
/// numbers of those it took the place of are missing, by which the reader counts them.
/// </summary>
internal sealed class LatestLink(IChannelRoute route, ChannelEnd reader, ChannelDelivery outline, CancellationToken cancellationToken)
    : ReaderLink(route, reader, outline, cancellationToken)
{
    private Payload? _newest;
    private long _next = outline.FirstSequence;
    private long _settled = outline.FirstSequence;

    protected override long NextUnsettled => _settled;

    protected override void Add(Payload payload)
    {
        _newest = payload;
        _next++;
    }

    protected override ValueTask WaitForRoom() => ValueTask.CompletedTask;

    protected override ChannelDelivery? Take()
    {
        if (_newest is null && (!IsEnding || HasEnded))
        {
            return null;
        }

        var newest = _newest;
        _newest = null;
        return Outline with
        {
            FirstSequence = newest is null ? _next : _next - 1,
            Items = newest is null ? [] : [newest],
            Ended = IsEnding,
        };
    }

    protected override bool Settle(ChannelDelivery delivery, DeliveryReply reply)
    {
        if (reply.NotYet)
        {
            // It comes again, unless a newer one has come meanwhile.
            _newest ??= delivery.Items.FirstOrDefault();
        }
        else
        {
            _settled = delivery.FirstSequence + delivery.Items.Length;
        }

        return !reply.NotYet;
    }

    protected override void Clear(Exception? error) => _newest = null;
}
