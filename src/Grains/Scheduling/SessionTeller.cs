using BlueEdge.Calls;
using BlueEdge.Grains.Scheduling.Matching;
using BlueEdge.Grains.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Grains.Scheduling;

/// <summary>Tells sessions of grants and losses, until they have heard; and the model of what they make of it.</summary>
internal sealed partial class SessionTeller(
    IGrainFactory grains, SchedulerEvents events, TimeProvider clock, ILogger logger, CancellationToken stopping) : IDisposable
{
    private static readonly Backoff Retries = new(First: TimeSpan.FromMilliseconds(250), Longest: TimeSpan.FromSeconds(2));

    /// <summary>By attempt that is being told of its grant: whether it is to be told once more.</summary>
    private readonly Dictionary<Attempt, bool> _telling = new(ReferenceEqualityComparer.Instance);
    private readonly SemaphoreSlim _news = new(256);

    /// <summary>What was told before must not hold up what is new, nor flood the cluster after a crash.</summary>
    private readonly SemaphoreSlim _repeats = new(64);

    public void Dispose()
    {
        _news.Dispose();
        _repeats.Dispose();
    }

    /// <summary>Tells a session of its grant.</summary>
    public void TellGrant(Attempt attempt) => Begin(attempt, _news);

    /// <summary>Tells a session of its grant again: it may have died since, and this wakes it.</summary>
    public void RepeatGrant(Attempt attempt) => Begin(attempt, _repeats);

    /// <summary>Tells a session that leases of it are lost.</summary>
    public void TellLoss(LeaseLoss loss) => _ = UntilEndAsync(TellLossAsync(loss));

    private static async Task UntilEndAsync(Task telling)
    {
        try
        {
            await telling;
        }
        catch (Exception error) when (error is OperationCanceledException or SchedulerFencedException)
        {
            // The activation after this one tells it.
        }
    }

    private async Task TellLossAsync(LeaseLoss loss)
    {
        var session = grains.Find<ISessionControl>(loss.SessionId);
        if (await TellAsync(() => session.LostAsync(loss.Epoch, loss.Instance, loss.Reason, CancellationToken.None), () => true, _news))
        {
            await events.ApplyPatientlyAsync(model => model.LossTold(loss));
        }
    }

    private void Begin(Attempt attempt, SemaphoreSlim gate)
    {
        if (!_telling.TryAdd(attempt, false))
        {
            // The answer under way may come from an activation that has died since.
            _telling[attempt] = true;
            return;
        }

        _ = UntilEndAsync(TellGrantAsync(attempt, gate));
    }

    private async Task TellGrantAsync(Attempt attempt, SemaphoreSlim gate)
    {
        var sessionId = SessionKey.Unpack(attempt.Id);
        var session = grains.Find<ISessionControl>(sessionId);
        var grant = attempt.ToGrant();
        var isWanted = true;
        do
        {
            _telling[attempt] = false;
            await TellAsync(async () => isWanted = await session.GrantAsync(grant, CancellationToken.None), () => !attempt.IsOver, gate);
        }
        while (isWanted && _telling[attempt]);

        _telling.Remove(attempt);
        if (!isWanted)
        {
            await events.ApplyPatientlyAsync(model => model.Abandon(sessionId, attempt.Epoch));
        }
    }

    /// <summary>Answers whether it was told, or was not due any more.</summary>
    private Task<bool> TellAsync(Func<Task> tell, Func<bool> isDue, SemaphoreSlim gate) => PatientCall.MakeAsync(
        async () =>
        {
            await gate.WaitAsync(stopping);
            try
            {
                var due = isDue();
                await (due ? tell() : Task.CompletedTask);
                return due;
            }
            finally
            {
                gate.Release();
            }
        },
        (error, _) =>
        {
            if (!stopping.IsCancellationRequested)
            {
                LogFailed(error);
            }

            return true;
        },
        Retries,
        clock,
        stopping);

    [LoggerMessage(LogLevel.Warning, "The scheduler could not tell a session of its slots; it is tried again")]
    private partial void LogFailed(Exception error);
}
