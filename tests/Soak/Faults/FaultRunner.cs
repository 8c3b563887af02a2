using System.Collections.Concurrent;
using BlueEdge.Soak.History;
using BlueEdge.Soak.Parts;

namespace BlueEdge.Soak.Faults;

/// <summary>Does the planned faults to the parts and undoes them, and starts again what ended by itself, as a supervisor would.</summary>
internal sealed class FaultRunner(IParts parts, Journal journal, Action<string> tell)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Parts that somebody is doing something to.</summary>
    private readonly ConcurrentDictionary<string, bool> _busy = new(StringComparer.Ordinal);

    public async Task RunAsync(IReadOnlyList<PlannedFault> plan, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(ended.Token);
        var running = new List<Task>();
        var began = journal.Now;
        foreach (var fault in plan)
        {
            var wait = began + fault.At - journal.Now;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            running.Add(Task.WhenAll(fault.Parts.Select(part => DoAsync(fault, part))));
        }

        await Task.WhenAll(running);

        // Once more a look at what only shows later.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, cancellationToken);
        await ended.CancelAsync();
        await watching;
        while (!_busy.IsEmpty)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    private async Task DoAsync(PlannedFault fault, string part)
    {
        if (!_busy.TryAdd(part, true))
        {
            tell($"{fault.Fault} {part}: left out, for something is done to it");
            return;
        }

        if (!parts.Runs(part))
        {
            _busy.TryRemove(part, out _);
            return; // The watcher sees it.
        }

        try
        {
            await DoAsync(fault.Fault, part, fault.For, fault.Updates);
        }
        catch (InvalidOperationException) when (!parts.Runs(part))
        {
            // It ended by itself just now, which the watcher sees.
        }

        _busy.TryRemove(part, out _);
    }

    private async Task DoAsync(string fault, string part, TimeSpan time, bool updates)
    {
        tell($"{(updates ? "update" : fault)} {part} for {time.TotalSeconds:0.0} s");
        var began = journal.Now;
        switch (fault)
        {
            case Outage.Kill:
                await parts.KillAsync(part);
                await RestartAsync(fault, part, began, time);
                break;
            case Outage.Stop:
                fault = await StopAsync(part) ? fault : Outage.DidNotStop;
                if (updates)
                {
                    parts.Update(part);
                }

                await RestartAsync(fault, part, began, time);
                break;
            default:
                await parts.PauseAsync(part);
                await Task.Delay(time, TimeProvider.System);
                await parts.ResumeAsync(part);
                await AwaitReadyAsync(part, began, journal.Now);
                break;
        }
    }

    private async Task<bool> StopAsync(string part)
    {
        try
        {
            await parts.StopAsync(part);
            return true;
        }
        catch (InvalidOperationException error) when (parts.Runs(part))
        {
            tell($"  {part} does not stop: {error.Message}");
            await parts.KillAsync(part);
            return false;
        }
    }

    private async Task RestartAsync(string fault, string part, TimeSpan began, TimeSpan wait)
    {
        await Task.Delay(wait, TimeProvider.System);
        var undone = journal.Now;
        while (true)
        {
            try
            {
                await parts.StartAsync(part);
                journal.Add(new Outage(fault, part, began, undone, journal.Now));
                tell($"  {part} is ready again, after {(journal.Now - undone).TotalSeconds:0.0} s");
                return;
            }
            catch (InvalidOperationException) when (parts.Runs(part))
            {
                // What it waits for is away for longer, as Kafka may be that is killed again meanwhile: it has not ended.
                tell($"  {part} is not ready yet, after {(journal.Now - undone).TotalSeconds:0.0} s");
            }
            catch (InvalidOperationException error)
            {
                tell($"  {part} could not be started: {error.Message}");
                journal.Add(new Outage(fault, part, began, undone, journal.Now));
                (fault, began) = (Outage.EndedByItself, journal.Now);
                await Task.Delay(Look, TimeProvider.System);
                undone = journal.Now;
            }
        }
    }

    /// <summary>After a pause it is ready again, or it ends itself, which the watcher sees.</summary>
    private async Task AwaitReadyAsync(string part, TimeSpan began, TimeSpan undone)
    {
        while (parts.Runs(part) && journal.Now - undone < Patience && !await parts.IsReadyAsync(part))
        {
            await Task.Delay(Look, TimeProvider.System);
        }

        journal.Add(new Outage(Outage.Pause, part, began, undone, journal.Now));
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach (var part in parts.Names.Where(part => !parts.Runs(part) && _busy.TryAdd(part, true)))
            {
                if (parts.Runs(part))
                {
                    _busy.TryRemove(part, out _); // Somebody was quicker.
                    continue;
                }

                tell($"{part} ended by itself");
                _ = SuperviseAsync(part, journal.Now);
            }

            foreach (var part in parts.Names)
            {
                if (parts.ReadMemory(part) is { } bytes)
                {
                    journal.Add(new MemorySample(part, journal.Now, bytes));
                }
            }

            await Task.Delay(Look, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SuperviseAsync(string part, TimeSpan began)
    {
        await RestartAsync(Outage.EndedByItself, part, began, Look);
        _busy.TryRemove(part, out _);
    }
}
