using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Http.Streams;
using BlueEdge.Gateway.Results;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Sessions.Events;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>
/// Tells one listener what is written to a channel, until the session's end. It has nothing of its own, so that any gateway goes on behind
/// any item.
/// </summary>
/// <param name="source">The channel.</param>
/// <param name="sessions">Tells of the end.</param>
/// <param name="answers">Bytes of items that all callers together may have under way.</param>
/// <param name="from">Where to begin.</param>
/// <param name="root">What the addresses of the API begin with.</param>
internal sealed class ChannelEventStream(ChannelSource source, SessionFollower sessions, ByteBudget answers, ChannelCursor from, string root)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task WriteAsync(EventStream stream)
    {
        var (epoch, next) = from;
        var isResumed = epoch > 0;
        while (await stream.AskAsync(over => source.NextAsync(epoch, next, over)) is { } batch)
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

            if (batch.HasGap)
            {
                // With the place behind it, so that who comes back then is not told once more.
                await stream.WriteAsync("gap", ChannelCursor.IdBefore(batch.Epoch, batch.Offset), new() { Missed = batch.Missed }, AnswerJson.Context.MissedEvents);
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

        var session = await stream.AskAsync(over => sessions.FindAsync(source.SessionId, over));
        await stream.WriteAsync("end", EventStream.LastId, SessionStanding.From(source.SessionId, session), AnswerJson.Context.SessionStanding);
    }

    private ValueTask WriteItemAsync(EventStream stream, int epoch, long offset, Payload item) => stream.WriteAsync("item", ChannelCursor.IdOf(epoch, offset), json =>
    {
        json.WriteStartObject();
        json.WriteNumber("offset"u8, offset);
        json.WriteItem(item, source.HrefOf(root, epoch, offset));
        json.WriteEndObject();
    });
}
