using BlueEdge.Engines;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace BlueEdge.Sessions;

[GrainType("sub-session"), Reentrant]
internal sealed partial class SubSessionGrain(
    [PersistentState("sub-session", StorageNames.Grains)] IPersistentState<SubSessionState> storage,
    TimeProvider clock,
    ILogger<SubSessionGrain> logger) : Grain, ISubSessionGrain
{
    /// <summary>What a session says that had an engine on an instance that is gone.</summary>
    public const string LostReason = "its engine instance was lost";

    private const int StartTries = 3;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    private GroupCommit<SubSessionState> _state = null!; // Set on activation, before any call.
    private SubSessionKey _key;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = new(storage);
        _key = SubSessionKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<SubSessionReport> StartAsync(SubSessionStart start, CancellationToken cancellationToken)
    {
        var state = await _state.ApplyAsync(current => current.Start(start));
        if (state.Epoch != start.Epoch)
        {
            return Report(start.Epoch, SubSessionStatus.Canceled, "a newer attempt runs");
        }

        if (state.End is { } end)
        {
            return end;
        }

        var report = await PrepareAsync(start, cancellationToken);
        state = await _state.ApplyAsync(current => current.Apply(report));
        return state.End ?? report;
    }

    public async Task ReportAsync(SubSessionReport report, CancellationToken cancellationToken)
    {
        var state = await _state.ApplyAsync(current => current.Apply(report));

        // A repeated end is passed on again: the first may have been stored, and lost before the session had it.
        if (state.Epoch == report.Epoch)
        {
            await GrainFactory.GetGrain<ISessionControl>(_key.SessionId).ReportAsync(state.End ?? report, cancellationToken);
        }

        if (state.End is not null)
        {
            DeactivateOnIdle();
        }
    }

    public async Task StopAsync(int epoch, string reason, CancellationToken cancellationToken)
    {
        var state = await _state.ApplyAsync(current => current.Stop(_key.Node, epoch, reason));
        if (state.Epoch != epoch)
        {
            return;
        }

        if (state.End is { } end)
        {
            await GrainFactory.GetGrain<ISessionControl>(_key.SessionId).ReportAsync(end, cancellationToken);
        }
        else if (state.Instance is { } instance)
        {
            await GrainFactory.GetGrain<IEngineInstanceGrain>(instance).StopAsync(_key, epoch, reason, cancellationToken);
        }
    }

    private async Task<SubSessionReport> PrepareAsync(SubSessionStart start, CancellationToken cancellationToken)
    {
        var instance = GrainFactory.GetGrain<IEngineInstanceGrain>(start.Lease.Instance);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await instance.StartAsync(start, cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogStartFailed(error, _key, start.Epoch, start.Lease.Instance, attempt);
                if (error is SiloUnavailableException)
                {
                    return Report(start.Epoch, SubSessionStatus.Failed, LostReason);
                }

                if (attempt == StartTries)
                {
                    return Report(start.Epoch, SubSessionStatus.Failed, $"its engine instance could not be reached: {error.Message}");
                }

                await Task.Delay(RetryDelay * attempt, clock, cancellationToken);
            }
        }
    }

    private SubSessionReport Report(int epoch, SubSessionStatus status, string error) =>
        new() { Node = _key.Node, Epoch = epoch, Status = status, Error = error };

    [LoggerMessage(LogLevel.Warning, "Sub-session {Key} (attempt {Epoch}) could not be started on {Instance}, try {Attempt}")]
    private partial void LogStartFailed(Exception error, SubSessionKey key, int epoch, string instance, int attempt);
}
