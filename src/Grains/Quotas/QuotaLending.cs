using System.Collections.Immutable;
using BlueEdge.Quotas;

namespace BlueEdge.Grains.Quotas;

/// <summary>
/// What a tenant's gateways were lent: submissions of one token bucket, and room for sessions. Pure; the bucket is full at first. As every token is lent once,
/// all gateways together let by no more than the bucket had.
/// </summary>
internal sealed record QuotaLending
{
    /// <summary>A gateway that wanted something within so long has a share of what there is.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(1);

    /// <summary>A gateway that was not heard of for so long is gone, with all that was open there: those that have something tell of it each second.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(15);

    public static QuotaLending Empty { get; } = new();

    /// <summary>Tokens in the bucket when it was last looked at; <see langword="null"/> while it never was.</summary>
    private double? Tokens { get; init; }

    private DateTimeOffset LookedAt { get; init; }

    private ImmutableDictionary<Guid, GatewayShare> Gateways { get; init; } = [];

    /// <param name="report">What the gateway tells.</param>
    /// <param name="openSessions">Sessions of the tenant that are stored and have not ended, counted after the report came.</param>
    /// <param name="now">The time.</param>
    /// <returns>The next state, and what is lent; of what is stored elsewhere it says nothing.</returns>
    public (QuotaLending Next, QuotaGrant Grant) Lend(QuotaReport report, int openSessions, DateTimeOffset now)
    {
        var others = Gateways.Where(entry => entry.Key != report.Gateway && now - entry.Value.HeardAt <= Remembered).ToImmutableDictionary();
        var busy = 1 + others.Values.Count(other => now - other.WantedAt <= Busy);
        var limits = report.Limits;
        var tokens = TokensAt(limits, now);
        var submissions = limits.SubmissionsPerSecond > 0 ? Share(tokens, report.Wanted, busy) : report.Wanted;
        var left = limits.SubmissionsPerSecond > 0 ? tokens - submissions : tokens;
        var room = limits.OpenSessions - openSessions - report.InFlight - others.Values.Sum(other => ReservedBy(other, now));
        var sessions = limits.OpenSessions > 0 ? Share(room, report.Wanted, busy) : report.Wanted;
        var former = Gateways.GetValueOrDefault(report.Gateway);
        var share = new GatewayShare
        {
            HeardAt = now,
            WantedAt = report.Wanted > 0 ? now : former?.WantedAt ?? DateTimeOffset.MinValue,
            Lent = limits.OpenSessions > 0 ? sessions : 0,
            InFlight = report.InFlight,
            Live = report.LiveConnections,
        };
        return (
            new() { Tokens = left, LookedAt = now, Gateways = others.SetItem(report.Gateway, share) },
            new()
            {
                Submissions = submissions,
                RetryAfter = submissions < report.Wanted && left < 1 ? TimeSpan.FromSeconds((1 - left) / limits.SubmissionsPerSecond) : TimeSpan.Zero,
                Sessions = sessions,
                Gateways = busy,
                LiveElsewhere = others.Values.Sum(other => other.Live),
            });
    }

    private double TokensAt(QuotaLimits limits, DateTimeOffset now)
    {
        var since = Math.Max(0, (now - LookedAt).TotalSeconds);
        return Tokens is { } tokens ? Math.Min(limits.Burst, tokens + (since * limits.SubmissionsPerSecond)) : limits.Burst;
    }

    /// <summary>A part alike for each that is busy; one at least where there is one.</summary>
    private static int Share(double there, int wanted, int busy) =>
        there < 1 ? 0 : (int)Math.Min(wanted, Math.Max(1, Math.Floor(there / busy)));

    /// <summary>What was lent and may be used yet, and what is under way, for all of that may be sessions that are not counted yet.</summary>
    private static int ReservedBy(GatewayShare gateway, DateTimeOffset now) =>
        gateway.InFlight + (now - gateway.HeardAt <= QuotaGrant.Lasts ? gateway.Lent : 0);
}
