using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Sessions.Streams;

/// <summary>
/// Writes what happens to a silo's sessions to the <see cref="SessionStreams"/>, off the sessions' time, until Kafka has taken it. What a silo
/// had not written when it died nobody can tell: the others say that it left, and one that starts says so, for there may have been no other.
/// </summary>
internal sealed partial class SessionStreamWriter(
    SessionStreamBuffer buffer, SessionStreamOutlet outlet, IClusterManifestProvider manifests, SessionStreamMetrics metrics, TimeProvider clock, ILogger<SessionStreamWriter> logger)
    : BackgroundService
{
    /// <summary>After so long without news it says that it is there, by which subscribers know that they still hear the stream.</summary>
    public static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);

    /// <summary>How long a silo that stops tries to write what it has.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>So long it fails before that is said: topics may be made just now.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The first word comes before those of sessions.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        buffer.AddGap("A core silo began: if none was there before it, nobody told what those before had left to tell.");
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(WriteAllAsync(stoppingToken), WatchAsync(stoppingToken));

    private async Task WriteAllAsync(CancellationToken stopping)
    {
        using var ended = new CancellationTokenSource();
        await using var grace = clock.CreateTimer(_ => ended.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var stops = stopping.Register(() => grace.Change(Grace, Timeout.InfiniteTimeSpan));
        try
        {
            while (await buffer.TakeAsync(Pulse, stopping) is { Count: > 0 } events)
            {
                await WriteAsync(events, ended.Token);
                metrics.Written(events.Count);
            }
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            // Whatever the write was at: the others tell that this silo has left.
        }
    }

    private async Task WriteAsync(IReadOnlyList<SessionStreamEvent> events, CancellationToken ended)
    {
        var (since, isAway) = (clock.GetTimestamp(), false);
        while (true)
        {
            try
            {
                await outlet(events).WaitAsync(ended);
                break;
            }
            catch (Exception error) when (!ended.IsCancellationRequested)
            {
                // It may be there all the same; who reads it twice knows it by its number.
                if (!isAway && clock.GetElapsedTime(since) > Patience)
                {
                    isAway = true;
                    LogAway(error);
                }
            }

            await Task.Delay(Pause, clock, ended);
        }

        if (isAway)
        {
            LogBack();
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        var known = SessionSilos.In(manifests.Current).ToHashSet();
        try
        {
            await foreach (var manifest in manifests.Updates.WithCancellation(stopping))
            {
                var there = SessionSilos.In(manifest).ToHashSet();
                foreach (var left in known.Except(there))
                {
                    buffer.AddGap($"Core silo {left} left: what it had stored and not yet written is missing.");
                }

                known = there;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    [LoggerMessage(LogLevel.Warning, "Session events cannot be written to their stream; it is tried again, and sessions go on meanwhile. Beyond BlueEdge:SessionStreams:BufferBytes they are dropped, and subscribers are told of a gap. Look whether Kafka's brokers run")]
    private partial void LogAway(Exception error);

    [LoggerMessage(LogLevel.Information, "Session events are written to their stream again")]
    private partial void LogBack();
}
