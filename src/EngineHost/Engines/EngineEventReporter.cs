using BlueEdge.Calls;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Storage;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Engines;

/// <summary>Tells a session what one run's engine says, in its order. What is said while a report is under way goes with the next.</summary>
internal sealed partial class EngineEventReporter
{
    private static readonly Backoff Retries = new(First: TimeSpan.FromMilliseconds(200), Longest: TimeSpan.FromSeconds(2));

    private readonly SubSessionStart _start;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationToken _cancellationToken;
    private readonly CallGatherer<EngineEvent, bool> _reports;
    private long _reported;

    public EngineEventReporter(SubSessionStart start, IGrainFactory grains, TimeProvider clock, ILogger<EngineEventReporter> logger, CancellationToken cancellationToken)
    {
        (_start, _grains, _clock, _logger, _cancellationToken) = (start, grains, clock, logger, cancellationToken);
        _reports = new(ReportAsync);
    }

    /// <summary>Returns once the session has stored it, so that an engine that says more than is stored waits.</summary>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public Task SayAsync(EngineEvent said) => _reports.CallAsync(said).WaitAsync(_cancellationToken);

    /// <summary>Reports again until the session has heard: it drops what it has.</summary>
    private async Task<IReadOnlyList<bool>> ReportAsync(List<EngineEvent> events)
    {
        var report = new EngineEventReport { Node = _start.Key.Node, Epoch = _start.Epoch, First = _reported, Events = [.. events] };
        await PatientCall.MakeAsync(
            () => _grains.Find<ISessionControl>(_start.Key.SessionId).ReportEventsAsync(report, CancellationToken.None).WaitAsync(_cancellationToken),
            (error, _) => IsPassing(error, events.Count),
            Retries,
            _clock,
            _cancellationToken);
        _reported += events.Count;
        return new bool[events.Count];
    }

    private bool IsPassing(Exception error, int count)
    {
        if (_cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        LogFailed(error, count, _start.Key);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "{Count} events of the engine of {Key} could not be told to its session; it is tried again")]
    private partial void LogFailed(Exception error, int count, SubSessionKey key);
}
