using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>One session from its submission to its end, looked at through all gateways.</summary>
internal sealed class SessionRun(PlannedSession session, IReadOnlyList<GatewayClient> gateways, Journal journal)
{
    private const int MostMisses = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Chance of its own, so that what is sent does not depend on how fast answers come.</summary>
    private readonly Random _random = new(session.Number);
    private int _turn = session.Number;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        journal.Add(session);
        if (await SubmitAsync(cancellationToken) is not { } id)
        {
            return;
        }

        if (session.StopAfter is { } after)
        {
            await StopAsync(id, after, cancellationToken);
        }

        await FollowAsync(id, cancellationToken);
    }

    private GatewayClient Next => gateways[++_turn % gateways.Count];

    /// <summary>Sends it: with a key until it is answered, perhaps twice at once; without one once, for it may run already.</summary>
    private async Task<string?> SubmitAsync(CancellationToken cancellationToken)
    {
        var twin = session.IsSentTwice ? Next.SubmitAsync(session, cancellationToken) : null;
        var (submission, _) = await Next.SubmitAsync(session, cancellationToken);
        while (session.Key is not null && !submission.IsAccepted && submission.Code is 0 or 503)
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            (submission, _) = await Next.SubmitAsync(session, cancellationToken);
        }

        // What either was told is true.
        return twin is not null && (await twin).Submission is { IsAccepted: true } other ? other.SessionId : submission.SessionId;
    }

    private async Task StopAsync(string id, TimeSpan after, CancellationToken cancellationToken)
    {
        await Task.Delay(after, TimeProvider.System, cancellationToken);
        var began = journal.Now;
        while (!await Next.StopAsync(session, id, cancellationToken))
        {
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }

        journal.Add(new StopAnswer(session.Number, began, journal.Now));
    }

    /// <summary>Waits for the end, sometimes long and sometimes not at all; then looks once more elsewhere, and sends it once more.</summary>
    private async Task FollowAsync(string id, CancellationToken cancellationToken)
    {
        for (var misses = 0; misses < MostMisses;)
        {
            var wait = _random.Next(2) == 0 ? 0 : _random.Next(1, 12);
            var reading = await Next.ReadAsync(session, id, wait, cancellationToken);
            if (reading?.View is { HasEnded: true })
            {
                await Next.ReadAsync(session, id, 0, cancellationToken);
                if (session.IsSentTwice)
                {
                    await Next.SubmitAsync(session, cancellationToken);
                }

                return;
            }

            misses += reading is { View: null } ? 1 : 0;
            if (wait == 0 || reading?.View is null)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }
}
