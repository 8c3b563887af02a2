using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Scaling;

/// <summary>
/// This silo's copy of what engines are wanted for, so that every silo answers alike, and at once, wherever the scheduler lives. Safe
/// for concurrent use.
/// </summary>
/// <remarks>
/// It follows the scheduler by calls that each wait for a change: of a change after quiet it hears at once, of further ones ten
/// times a second, however many sessions start.
/// </remarks>
public sealed partial class LoadWatch(IGrainFactory grains, IOptions<ScalingOptions> options, TimeProvider clock, ILogger<LoadWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(4);

    /// <summary>How long beyond its turn a call may take before it counts as lost.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);
    private volatile View? _view;
    private long _heard;
    private volatile TaskCompletionSource _changed = NewChanged();

    /// <summary>What an engine is wanted for, or <see langword="null"/> where the scheduler does not know it.</summary>
    /// <exception cref="LoadsUnknownException">The scheduler was not heard for longer than <see cref="ScalingOptions.Patience"/>, or not yet.</exception>
    public EngineLoad? Find(string engine)
    {
        var view = _view ?? throw new LoadsUnknownException("The scheduler was not heard yet, so the demand is not known. Ask again soon.");
        var age = clock.GetElapsedTime(Volatile.Read(ref _heard));
        return age <= options.Value.Patience
            ? view.Loads.GetValueOrDefault(engine)
            : throw new LoadsUnknownException($"The scheduler was not heard for {age.TotalSeconds:0} s, so the demand is not known. See whether the core silos and Redis are well (/health/ready).");
    }

    /// <summary>
    /// What an engine is wanted for, now and after each change, until canceled; <see langword="null"/> where the scheduler does not
    /// know it. While the scheduler is not heard there is nothing to tell.
    /// </summary>
    public async IAsyncEnumerable<EngineLoad?> FollowAsync(string engine, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (EngineLoad? Load, bool IsTold) last = (null, false);
        while (true)
        {
            // First of all, so that no change is missed.
            var changed = _changed.Task;
            if (_view is { } view && view.Loads.GetValueOrDefault(engine) is var load && (!last.IsTold || last.Load != load))
            {
                last = (load, IsTold: true);
                yield return load;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isAway = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Rest;
            try
            {
                Take(await AskAsync(stoppingToken));
                isAway = false;
            }
            catch (Exception error)
            {
                // Orleans cancels calls of its own accord too, where a silo dies: that is no reason to end.
                if (!isAway && !stoppingToken.IsCancellationRequested)
                {
                    LogAway(error.GetBaseException().Message, options.Value.Patience);
                }

                (isAway, pause) = (true, RetryDelay);
            }

            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    private Task<LoadReport?> AskAsync(CancellationToken stoppingToken) => grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain)
        .FollowLoadsAsync(_view?.Version ?? 0, Turn, stoppingToken)
        .WaitAsync(Turn + Grace, clock, stoppingToken);

    private void Take(LoadReport? report)
    {
        Volatile.Write(ref _heard, clock.GetTimestamp());
        if (report is not null)
        {
            var before = report.IsWhole ? null : _view;
            var loads = (before?.Loads ?? View.None).SetItems(report.Engines.Select(load => KeyValuePair.Create(load.Engine, load)));
            _view = new(report.Version, loads);
            Interlocked.Exchange(ref _changed, NewChanged()).SetResult();
        }
    }

    private static TaskCompletionSource NewChanged() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Warning, "The scheduler cannot be asked what engines are wanted for, which is tried until it can; what it said last counts for {Patience}: {Reason}")]
    private partial void LogAway(string reason, TimeSpan patience);

    private sealed record View(long Version, ImmutableDictionary<string, EngineLoad> Loads)
    {
        public static readonly ImmutableDictionary<string, EngineLoad> None = ImmutableDictionary.Create<string, EngineLoad>(StringComparer.Ordinal);
    }
}
