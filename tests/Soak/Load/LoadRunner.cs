using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>Submits sessions at an even rate, whatever becomes of them, and looks at old ones again.</summary>
internal sealed class LoadRunner(IReadOnlyList<GatewayClient> gateways, Journal journal, int seed, double rate)
{
    /// <summary>More than are under way unless nothing is answered any more.</summary>
    private const int MostAtOnce = 1_000;

    private readonly List<Task> _running = [];

    /// <summary>Submits for so long; then they go on by themselves.</summary>
    public async Task RunAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var rereading = RereadAsync(ended.Token);
        var began = journal.Now;
        for (var number = 0; journal.Now - began < length; number++)
        {
            var wait = began + TimeSpan.FromSeconds(number / rate) - journal.Now;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            _running.RemoveAll(run => run.IsCompletedSuccessfully);
            while (_running.Count >= MostAtOnce)
            {
                await Task.WhenAny(_running);
                _running.RemoveAll(run => run.IsCompletedSuccessfully);
            }

            var session = LoadPlan.Create(seed, number);
            _running.Add(Task.Run(() => new SessionRun(session, gateways, journal).RunAsync(cancellationToken), cancellationToken));
        }

        await ended.CancelAsync();
        await rereading;
    }

    /// <summary>Waits until all have ended; how many have not by then.</summary>
    public async Task<int> EndAsync(TimeSpan atMost)
    {
        await Task.WhenAll(_running).WaitAsync(atMost, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_running.FirstOrDefault(run => run.IsFaulted) is { } broken)
        {
            await broken; // A mistake of this program.
        }

        return _running.Count(run => !run.IsCompleted);
    }

    /// <summary>Looks at sessions that have ended again, by chance.</summary>
    private async Task RereadAsync(CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
                var ends = journal.Ends.Values.ToArray();
                if (ends.Length == 0)
                {
                    continue;
                }

                var sessions = journal.Sessions.ToDictionary(session => session.Number);
                foreach (var end in random.GetItems(ends, 3))
                {
                    await gateways[random.Next(gateways.Count)].ReadAsync(sessions[end.Session], end.SessionId, 0, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The load is over.
        }
    }
}
