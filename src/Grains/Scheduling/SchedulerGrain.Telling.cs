using System.Collections.Immutable;
using BlueEdge.Scheduling.Matching;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Scheduling;

/// <summary>Whom the scheduler tells: sessions of grants and losses, until they have heard; and what it hears of silos.</summary>
internal sealed partial class SchedulerGrain
{
    /// <summary>How many sessions are told at once, so that a crash with many leases does not flood the cluster.</summary>
    private const int TellingAtOnce = 256;
    private static readonly TimeSpan TellDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestTellDelay = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _telling = new(TellingAtOnce);

    private void Tell(SchedulerChanges changes, HashSet<Attempt> granted)
    {
        foreach (var attempt in granted.Where(attempt => !attempt.IsOver))
        {
            _ = TellGrantAsync(attempt);
        }

        foreach (var loss in changes.Lost)
        {
            _ = TellLossAsync(loss);
        }

        if (changes.Engines.Count > 0)
        {
            _catalog = new()
            {
                Version = _catalog.Version + 1,
                Engines = _catalog.Engines.SetItems(changes.Engines
                    .Where(engine => engine.Definition is not null)
                    .Select(engine => KeyValuePair.Create(engine.Id, engine.Definition!))), // Filtered just above.
            };
        }
    }

    /// <summary>Goes on where the scheduler before this one stopped.</summary>
    private async Task ResumeAsync(ImmutableArray<StoredLoss> losses)
    {
        try
        {
            await this.RegisterOrUpdateReminder(WakeReminder, WakePeriod, WakePeriod);
        }
        catch (Exception error)
        {
            // The next start, or the next activation, registers it.
            OnFailure(error);
        }

        TellAllGrants();
        foreach (var loss in losses)
        {
            _ = TellLossAsync(new(loss.SessionId, loss.Epoch, loss.Instance, loss.Reason));
        }

        // What the model gave out while it was restored goes to the store, and then to its sessions.
        await _events.ApplyAsync(_ => { });
    }

    /// <summary>Tells every session that holds leases of them again: it may have died with its silo.</summary>
    private void TellAllGrants()
    {
        foreach (var attempt in _model.Attempts)
        {
            _ = TellGrantAsync(attempt);
        }
    }

    private async Task TellGrantAsync(Attempt attempt)
    {
        var session = GrainFactory.GetGrain<ISessionControl>(SessionKey.Unpack(attempt.Id));
        var holds = true;
        await TellAsync(async () => holds = await session.GrantAsync(attempt.ToGrant(), CancellationToken.None), () => !attempt.IsOver);
        if (!holds)
        {
            await _events.ApplyAsync(model => model.Abandon(SessionKey.Unpack(attempt.Id), attempt.Epoch));
        }
    }

    private async Task TellLossAsync(LeaseLoss loss)
    {
        var session = GrainFactory.GetGrain<ISessionControl>(loss.SessionId);
        await TellAsync(() => session.LostAsync(loss.Epoch, loss.Instance, loss.Reason, CancellationToken.None), () => true);
        await _events.ApplyAsync(model => model.LossTold(loss));
    }

    private async Task TellAsync(Func<Task> tell, Func<bool> isDue)
    {
        for (var delay = TellDelay; isDue() && !_deactivating.IsCancellationRequested; delay = delay * 2 < LongestTellDelay ? delay * 2 : LongestTellDelay)
        {
            await _telling.WaitAsync();
            try
            {
                await tell();
                return;
            }
            catch (Exception error)
            {
                LogTellFailed(error, Domain);
            }
            finally
            {
                _telling.Release();
            }

            await Task.Delay(delay, clock);
        }
    }

    private async Task FollowMembershipAsync()
    {
        try
        {
            var gone = new HashSet<SiloAddress>();
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(_deactivating.Token))
            {
                await LoseInstancesAsync(snapshot);
                var before = gone.Count;
                gone.UnionWith(snapshot.Members.Values.Where(member => member.Status is SiloStatus.Dead).Select(member => member.SiloAddress));
                if (gone.Count > before)
                {
                    TellAllGrants();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Deactivated.
        }
    }

    private async Task LoseInstancesAsync(ClusterMembershipSnapshot snapshot)
    {
        var lost = _model.Instances
            .Where(instance => snapshot.GetSiloStatus(instance.Attendance.Silo) is SiloStatus.None or SiloStatus.Dead)
            .Select(instance => instance.Id)
            .ToList();
        foreach (var instance in lost)
        {
            LogLost(Domain, instance);
            await _events.ApplyAsync(model => model.Leave(instance, SubSessionGrain.LostReason));
        }
    }

    private void OnFailure(Exception error)
    {
        LogFailure(error, Domain);
        if (error is SchedulerFencedException)
        {
            DeactivateOnIdle();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain}: the silo of engine instance {Instance} is gone, and its leases are lost")]
    private partial void LogLost(string domain, string instance);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not tell a session; it is tried again")]
    private partial void LogTellFailed(Exception error, string domain);

    [LoggerMessage(LogLevel.Warning, "Scheduler {Domain} could not write")]
    private partial void LogFailure(Exception error, string domain);
}
