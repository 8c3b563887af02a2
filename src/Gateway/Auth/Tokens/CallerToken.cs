using System.Security.Claims;
using BlueEdge.Callers;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>A token that counts.</summary>
/// <param name="Caller">On whose behalf it is.</param>
/// <param name="Principal">Whom it is of, and what they may do.</param>
/// <param name="EndsAt">From when on it is refused, the skew of clocks included.</param>
internal sealed record CallerToken(Caller Caller, ClaimsPrincipal Principal, DateTimeOffset EndsAt)
{
    /// <summary>A timer can wait no longer than some weeks; what is open so long is asked for another token then.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(20);

    /// <summary>What whoever waits or listens with it is told at its end.</summary>
    public static AuthRefusal Expired { get; } = AuthRefusal.WrongToken("It has expired: get another one.");

    /// <summary>Fires when it expires, for as long as a request lasts.</summary>
    public CancellationToken EndIn(HttpContext http, TimeProvider time)
    {
        var left = EndsAt - time.GetUtcNow();
        CancellationTokenSource end = new(left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestTimer ? left : LongestTimer, time);
        http.Response.RegisterForDispose(end);
        return end.Token;
    }
}
