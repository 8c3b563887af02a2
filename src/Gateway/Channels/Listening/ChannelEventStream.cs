using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.Results;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Sessions.Events;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>
/// Tells one listener what is written to an interested channel, until the session's end. It reads the stored items, so that any gateway
/// goes on behind any of them.
/// </summary>
/// <param name="sessions">Reads on.</param>
/// <param name="answers">Bytes of items that all callers together may have under way.</param>
/// <param name="sessionId">The session.</param>
/// <param name="channel">The channel.</param>
/// <param name="from">Where to begin.</param>
/// <param name="address">The session's address.</param>
internal sealed class ChannelEventStream(
    SessionFollower sessions, ByteBudget answers, string sessionId, string channel, ChannelCursor from, string address)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task WriteAsync(EventStream stream)
    {
        var (epoch, next) = from;
        var isResumed = epoch > 0;
        while (await stream.AskAsync(over => sessions.NextResultsAsync(sessionId, channel, epoch, next, over)) is { } batch)
        {
            if (batch.Epoch != epoch && epoch > 0)
            {
                if (isResumed)
                {
                    // What that attempt wrote behind the cursor is not to be had any more.
                    await stream.WriteAsync("gap", id: null, new(), AnswerJson.Context.MissedEvents);
                }

                await stream.WriteAsync("attempt", id: null, new() { Attempt = batch.Epoch, Former = epoch }, AnswerJson.Context.AttemptChange);
            }

            (epoch, next, isResumed) = (batch.Epoch, batch.Offset, false);
            using ByteLease lease = new(answers);
            while (!await stream.AskAsync(over => lease.HoldAsync(batch.Items.Sum(item => (long)item.Bytes.Length), Patience, over)))
            {
                // Others are slow to take theirs; they are cut off before long.
            }

            foreach (var item in batch.Items)
            {
                await WriteItemAsync(stream, epoch, next++, item);
            }

            if (batch.IsLast)
            {
                break;
            }

            await stream.FlushAsync();
        }

        var session = await stream.AskAsync(over => sessions.FindAsync(sessionId, over));
        await stream.WriteAsync("end", EventStream.LastId, SessionStanding.From(sessionId, session), AnswerJson.Context.SessionStanding);
    }

    private ValueTask WriteItemAsync(EventStream stream, int epoch, long offset, Payload item) => stream.WriteAsync("item", ChannelCursor.IdOf(epoch, offset), json =>
    {
        json.WriteStartObject();
        json.WriteNumber("offset"u8, offset);
        json.WriteItem(item, ItemJson.HrefOf(address, channel, offset));
        json.WriteEndObject();
    });
}
