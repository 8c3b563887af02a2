using System.Text;
using BlueEdge.Calls;
using BlueEdge.Channels.Taps;
using BlueEdge.Results;

namespace BlueEdge.Grains.Tests.Channels.Taps;

/// <summary>Who listens to a channel by its tap.</summary>
internal sealed class TapListener(IChannelTapGrain tap)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Waits until the tap has asked the writers, so that it misses nothing.</summary>
    public async Task AttachedAsync()
    {
        while (await tap.FollowAsync(0, 0, TimeSpan.Zero, Ct) is not { Epoch: > 0 })
        {
            await Task.Yield();
        }
    }

    public async Task<ResultBatch> FollowAsync(int epoch, long offset) =>
        await tap.FollowAsync(epoch, offset, LongPoll.LongestTurn, Ct) ?? throw new InvalidOperationException("The channel is unknown.");

    /// <summary>Hears up to a place, or all to the last item: those of the last attempt, and how many were missed in it.</summary>
    public async Task<HeardOfTap> HearAsync(int epoch, long next, long end = long.MaxValue)
    {
        HeardOfTap heard = new(epoch, next, [], Missed: 0, IsCounted: true);
        for (var isLast = false; !isLast && heard.Next < end;)
        {
            var batch = await FollowAsync(heard.Epoch, heard.Next);
            var (before, missed) = batch.Epoch == heard.Epoch ? (heard.Items, heard.Missed) : ([], 0);
            heard = new(
                batch.Epoch,
                batch.Offset + batch.Items.Length,
                [.. before, .. batch.Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span))],
                missed + (batch.Missed ?? 0),
                heard.IsCounted && (!batch.HasGap || batch.Missed is not null));
            isLast = batch.IsLast;
        }

        return heard;
    }
}
