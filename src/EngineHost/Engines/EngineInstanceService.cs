using BlueEdge.EngineHost.Channels;
using BlueEdge.Engines;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Hosting;
using BlueEdge.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace BlueEdge.EngineHost.Engines;

/// <summary>Makes the process's engine instances, has them attend while it runs, and drains them when it stops.</summary>
internal sealed partial class EngineInstanceService(
    IServiceProvider services,
    IEnumerable<EngineRegistration> registrations,
    EngineInstances instances,
    IChannelTransport transport,
    TemporaryFolders folders,
    ILocalSiloDetails silo,
    IGrainFactory grains,
    IOptions<GrainTypeOptions> grainTypes,
    IOptions<EngineHostOptions> options,
    TimeProvider clock,
    ILogger<EngineInstanceService> logger) : IHostedLifecycleService, IDisposable
{
    private const string DrainReason = "its engine instance was drained before it finished";
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _attending = Task.CompletedTask;
    private readonly Seldom _waiting = new(clock, Quiet);
    private readonly Seldom _opening = new(clock, Quiet);

    private ISchedulerControl Scheduler => grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        folders.Prepare();
        ThreadReserve.Make(options.Value.BlockingThreads, registrations.Sum(registration => registration.Definition.Slots));
        foreach (var registration in registrations)
        {
            CheckGenerated(registration.Class);
            var key = new EngineInstanceKey(registration.Definition.Id, silo.SiloAddress);
            instances.Add(ActivatorUtilities.CreateInstance<EngineInstance>(services, registration, key));
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The silo is up by now: it is a hosted service too.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _attending = AttendAsync();
        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _attending;
        LogDraining(instances.All.Count(), instances.All.Sum(instance => instance.Busy), options.Value.DrainGrace);
        var began = clock.GetTimestamp();
        var left = await Task.WhenAll(instances.All.Select(instance => LeaveAsync(instance, cancellationToken)));
        if (left.FirstOrDefault(each => each.Untold is not null).Untold is { } error)
        {
            // Of each instance it would be the same.
            LogLeaveFailed(left.Count(each => each.Untold is not null), error.GetBaseException().Message);
        }

        LogDrained(clock.GetElapsedTime(began), left.Sum(each => each.Cut));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    /// <summary>Orleans knows a grain by code that its SDK generates; without, each session would fail, and say why badly.</summary>
    private void CheckGenerated(Type engine)
    {
        if (!grainTypes.Value.Classes.Contains(engine))
        {
            throw new EngineDefinitionException(
                $"Engine class {engine.FullName} is wrongly defined: no code was generated for it. Reference the package BlueEdge.Engines, or Microsoft.Orleans.Sdk, in its own project, and make the class public or internal.");
        }
    }

    private async Task AttendAsync()
    {
        await UntilDoneAsync(() => transport.OpenAsync(_stopping.Token), TellOfOpening);
        await Task.WhenAll(instances.All.Select(instance => UntilDoneAsync(() => JoinAsync(instance), error => TellOfJoin(error, instance.Key))));
    }

    private void TellOfOpening(Exception error)
    {
        if (_opening.IsDue())
        {
            LogOpening(error.GetBaseException().Message);
        }

        LogOpenFailed(error);
    }

    /// <summary>Says once in a while that the process waits for a scheduler; each try of each engine would be a line otherwise, with its insides.</summary>
    private void TellOfJoin(Exception error, string instance)
    {
        if (_waiting.IsDue())
        {
            LogWaiting(error.GetBaseException().Message);
        }

        LogJoinFailed(error, instance);
    }

    private async Task JoinAsync(EngineInstance instance)
    {
        await Scheduler.JoinAsync(
            new()
            {
                Instance = instance.Key,
                Engine = instance.Definition,
                Silo = silo.SiloAddress,
                Host = Environment.MachineName,
                Slots = instance.Definition.Slots,
            },
            CancellationToken.None);
        LogJoined(instance.Key, instance.Definition.Slots);
    }

    /// <summary>Tries until it is done, or the process stops.</summary>
    private async Task UntilDoneAsync(Func<Task> step, Action<Exception> failed)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await step().WaitAsync(_stopping.Token);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                failed(error);
            }

            try
            {
                await Task.Delay(RetryDelay, clock, _stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>
    /// What runs has its time, whether or not the scheduler can be told. Returns how many sub-sessions were cut off, and what kept
    /// the instance from telling of its leave or of an end.
    /// </summary>
    private async Task<(int Cut, Exception? Untold)> LeaveAsync(EngineInstance instance, CancellationToken cancellationToken)
    {
        // Where this fails the leave says it too.
        await TryAsync(instance, () => Scheduler.DrainAsync(instance.Key, cancellationToken), cancellationToken);
        var cut = await instance.DrainAsync(options.Value.DrainGrace, DrainReason, cancellationToken);
        var ends = await TryAsync(instance, instance.FlushAsync, cancellationToken);
        var leave = await TryAsync(instance, () => Scheduler.LeaveAsync(instance.Key, DrainReason, cancellationToken), cancellationToken);
        return (cut, ends ?? leave);
    }

    private async Task<Exception?> TryAsync(EngineInstance instance, Func<Task> step, CancellationToken cancellationToken)
    {
        try
        {
            await step().WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception error)
        {
            LogStepFailed(error, instance.Key);
            return error;
        }
    }

    [LoggerMessage(LogLevel.Information, "Engine instance {Instance} joined with {Slots} slots")]
    private partial void LogJoined(string instance, int slots);

    [LoggerMessage(LogLevel.Information, "{Instances} engine instances drain; the {Running} sub-sessions that run on them have {Grace} to finish")]
    private partial void LogDraining(int instances, int running, TimeSpan grace);

    [LoggerMessage(LogLevel.Information, "The engine instances are drained after {Elapsed}; {Cut} sub-sessions did not finish and were cut off")]
    private partial void LogDrained(TimeSpan elapsed, int cut);

    [LoggerMessage(LogLevel.Warning, "The channels of this process cannot be opened yet, which is tried until they can: {Reason}")]
    private partial void LogOpening(string reason);

    [LoggerMessage(LogLevel.Debug, "The channels of this process could not be opened; it is tried again")]
    private partial void LogOpenFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "The engines of this process cannot join yet, which is tried until they can; it needs a core silo: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Debug, "Engine instance {Instance} could not join the scheduler; it is tried again")]
    private partial void LogJoinFailed(Exception error, string instance);

    [LoggerMessage(LogLevel.Warning, "{Instances} engine instances could not tell of their leave; the cluster notices it once this process is gone: {Reason}")]
    private partial void LogLeaveFailed(int instances, string reason);

    [LoggerMessage(LogLevel.Debug, "Engine instance {Instance} could not tell of its leave, or of what ended before it")]
    private partial void LogStepFailed(Exception error, string instance);
}
