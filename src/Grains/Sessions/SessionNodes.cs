using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Sessions;

/// <summary>What the session has the engine instances do: start its nodes, and stop them.</summary>
internal sealed partial class SessionNodes(
    ActiveSession session, SessionWorks works, SessionTaps taps, SessionEventSinks sinks, IGrainFactory grains, IOptions<SessionOptions> options, TimeProvider clock, ILogger logger)
{
    private const string StoppedAlone = "A caller stopped it.";
    private const int StartTries = 3;
    private static readonly TimeSpan StartRetryDelay = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, Task> _starting = new(StringComparer.Ordinal);

    /// <summary>Starts all nodes.</summary>
    public void Start(SessionState state) => works.BeginWhile(state, "start", StartAllAsync);

    /// <summary>Stops all nodes that are not over.</summary>
    public void Stop(SessionState state) => works.BeginWhile(state, "stop", StopAllAsync);

    /// <summary>Stops the nodes that the session goes on without.</summary>
    public void StopAlone(SessionState state)
    {
        for (var i = 0; i < state.Nodes.Length; i++)
        {
            if (state.Nodes[i] is { StopRequested: true, IsOver: false, Instance: { } instance })
            {
                var (index, key) = (i, new SubSessionKey(session.Id, session.Spec.Nodes[i].Name));
                works.Begin(
                    state,
                    $"stop node '{key.Node}'",
                    _ => grains.Find<IEngineInstanceGrain>(instance).StopAloneAsync(key, state.Epoch, StoppedAlone, CancellationToken.None),
                    () => session.State is { Status: SessionStatus.Processing } current && current.Epoch == state.Epoch && !current.Nodes[index].IsOver);
            }
        }
    }

    private async Task StartAllAsync(SessionState state)
    {
        var starts = session.Plan.Starts(session.Id, state, options.Value.StopGrace, sinks.SaidTypesOf(session.Spec), taps.Has);
        var outstanding = starts.Length;
        List<SubSessionReport> held = [];
        foreach (var start in starts)
        {
            _starting[start.Key.Node] = StartAsync(start);
        }

        await Task.WhenAll(_starting.Values);
        async Task StartAsync(SubSessionStart start)
        {
            // Only now may the list be looked at: those that answered meanwhile have put another one there.
            var report = await StartOneAsync(start);
            held.Add(report);
            outstanding--;

            // Nodes that are ready at about the same time make one change, and one write. Bad news does not wait.
            if (outstanding == 0 || report.Status.IsTerminal())
            {
                var reports = held;
                held = [];
                await HearAsync(state, reports);
            }
        }
    }

    /// <summary>
    /// Notes what instances answered, until it is stored: they do not say again that they refused, and a session that stops
    /// already would wait for them until they are cut off.
    /// </summary>
    private Task HearAsync(SessionState state, List<SubSessionReport> reports) => works.DoAsync(
        state.Epoch,
        "note what its instances answered",
        () => session.ChangeAsync(current => reports.Aggregate(current, (next, one) => next.Report(session.Spec, one, clock.GetUtcNow()))),
        () => session.State.IsRunning && session.State.Epoch == state.Epoch);

    /// <summary>
    /// Has the instance begin. It answers with what it knows soon: often ready, else that comes as a report. What the engine calls it
    /// calls on behalf of the session's tenant.
    /// </summary>
    private async Task<SubSessionReport> StartOneAsync(SubSessionStart start)
    {
        CallerContext.Enter(Caller.Of(session.State.Tenant));
        var instance = grains.Find<IEngineInstanceGrain>(start.Lease.Instance);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await instance.StartAsync(start, CancellationToken.None);
            }
            catch (Exception error)
            {
                LogStartFailed(error, start.Key, start.Epoch, start.Lease.Instance, attempt);
                if (error is SiloUnavailableException || attempt == StartTries)
                {
                    return new()
                    {
                        Node = start.Key.Node,
                        Epoch = start.Epoch,
                        Status = SubSessionStatus.Failed,
                        Error = error is SiloUnavailableException ? SubSessionReport.Lost : $"its engine instance could not be reached: {error.Message}",
                    };
                }
            }

            await Task.Delay(StartRetryDelay * attempt, clock);
        }
    }

    private async Task StopAllAsync(SessionState state)
    {
        var reason = ErrorText.Cut(state.Reason ?? "the session stops", ErrorText.LongestOfMany);
        await Task.WhenAll(session.Spec.Nodes
            .Zip(session.State.Nodes)
            .Where(node => node.Second is { IsOver: false, Instance: not null })
            .Select(node => StopAsync(node.First.Name, node.Second.Instance!))); // Asked for just above.
        async Task StopAsync(string node, string instance)
        {
            await StopOnInstanceAsync(node, instance);

            // A start that is tried again would come after it.
            if (_starting.TryGetValue(node, out var starting) && !starting.IsCompleted)
            {
                await starting.ContinueWith(_ => { }, TaskScheduler.Current);
                await StopOnInstanceAsync(node, instance);
            }
        }

        Task StopOnInstanceAsync(string node, string instance) =>
            grains.Find<IEngineInstanceGrain>(instance).StopAsync(new(session.Id, node), state.Epoch, reason, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Warning, "Sub-session {Key} (attempt {Epoch}) could not be started on {Instance}, try {Attempt}")]
    private partial void LogStartFailed(Exception error, SubSessionKey key, int epoch, string instance, int attempt);
}
