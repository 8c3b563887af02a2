using System.Collections.Concurrent;
using System.Net.WebSockets;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Who writes to or listens to a channel at one of two gateways, and goes on at the other where that one breaks.</summary>
/// <param name="gateways">The two.</param>
internal abstract class LiveClient(Gateway[] gateways)
{
    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private (long OpenedAfter, TaskCompletionSource<long> Made)? _wanted;
    private long _opened;
    private long _broke;
    private long _there;

    /// <summary>Which of the two it is at.</summary>
    public int At { get; private set; }

    /// <summary>What it was last about, for who looks for one that does not go on.</summary>
    public string Doing { get; private set; } = "";

    /// <summary>How long it took each time from the break, or from when a gateway was there again, to the first thing that it wrote or heard at one.</summary>
    public ConcurrentQueue<TimeSpan> Resumed { get; } = new();

    /// <summary>Does its work to the end, whatever breaks meanwhile.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            Open();
            try
            {
                if (await StayAsync(gateways[At]))
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException or WebSocketException)
            {
                // The gateway is gone.
                Doing = $"after {error.Message}";
            }

            lock (_lock)
            {
                _broke = _broke == 0 ? Clock.GetTimestamp() : _broke;
            }

            // Where neither is there another process is waited for, which has no event.
            At = 1 - At;
            await Task.Delay(Pause, Clock, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A gateway is there again, after none was.</summary>
    public void GatewayIsThere()
    {
        lock (_lock)
        {
            _there = Clock.GetTimestamp();
        }
    }

    /// <summary>Completes with the time when it has written or heard something next.</summary>
    /// <param name="isAnew">Whether by a connection that is opened from now on.</param>
    public Task<long> NextAsync(bool isAnew)
    {
        lock (_lock)
        {
            TaskCompletionSource<long> made = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _wanted = (isAnew ? Clock.GetTimestamp() : 0, made);
            return made.Task;
        }
    }

    /// <summary>Works at a gateway.</summary>
    /// <returns>Whether that is all; false where it is to go on at the other.</returns>
    protected abstract Task<bool> StayAsync(Gateway gateway);

    /// <summary>A connection begins.</summary>
    protected void Open()
    {
        lock (_lock)
        {
            (_opened, Doing) = (Clock.GetTimestamp(), "opening");
        }
    }

    /// <summary>Something was written, or heard.</summary>
    protected void Progress()
    {
        lock (_lock)
        {
            var now = Clock.GetTimestamp();
            Doing = "going on";
            if (_broke > 0)
            {
                Resumed.Enqueue(Clock.GetElapsedTime(Math.Min(now, Math.Max(_broke, _there)), now));
                _broke = 0;
            }

            if (_wanted is { } wanted && _opened > wanted.OpenedAfter)
            {
                _wanted = null;
                wanted.Made.SetResult(now);
            }
        }
    }
}
