using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Channels;

/// <summary>Sends a session's start data to one reader, as far as the reader has room, and ends the channel.</summary>
/// <remarks>Sending all of it again is harmless: the reader drops what it has seen.</remarks>
internal static class StartDataSender
{
    public static async Task SendAsync(
        IEngineInstanceGrain instance,
        SubSessionKey reader,
        int epoch,
        string channel,
        ImmutableArray<Payload> items,
        CancellationToken cancellationToken)
    {
        var next = 0;
        var (creditItems, creditBytes) = (1, 0L);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Fit(items, next, creditItems, creditBytes);
            var reply = await instance.DeliverAsync(
                new()
                {
                    Reader = reader,
                    Epoch = epoch,
                    Channel = channel,
                    Producer = ChannelDelivery.StartDataProducer,
                    FirstSequence = next,
                    Items = items.Slice(next, count),
                    Ended = next + count == items.Length,
                },
                CancellationToken.None);
            if (reply.Gone || (next + count == items.Length && reply.NextSequence >= items.Length))
            {
                return;
            }

            next = (int)reply.NextSequence;
            (creditItems, creditBytes) = (reply.CreditItems, reply.CreditBytes);
        }
    }

    /// <summary>How many items fit into the credit; one always does where any may be sent.</summary>
    private static int Fit(ImmutableArray<Payload> items, int next, int creditItems, long creditBytes)
    {
        var (count, bytes) = (0, 0L);
        while (count < creditItems && next + count < items.Length)
        {
            bytes += items[next + count].Weight;
            if (count > 0 && bytes > creditBytes)
            {
                break;
            }

            count++;
        }

        return count;
    }
}
