using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Engines;

/// <summary>Tells a session what one run's engine says, in its order. What is said while a report is under way goes with the next.</summary>
internal sealed partial class EngineEventReporter
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);

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
        while (true)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // There is no reference to be had either while no core silo is up.
                await _grains.Find<ISessionControl>(_start.Key.SessionId).ReportEventsAsync(report, CancellationToken.None).WaitAsync(_cancellationToken);
                _reported += events.Count;
                return new bool[events.Count];
            }
            catch (Exception error) when (!_cancellationToken.IsCancellationRequested)
            {
                LogFailed(error, events.Count, _start.Key);
            }

            await Task.Delay(RetryDelay, _clock, _cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} events of the engine of {Key} could not be told to its session; it is tried again")]
    private partial void LogFailed(Exception error, int count, SubSessionKey key);
}
