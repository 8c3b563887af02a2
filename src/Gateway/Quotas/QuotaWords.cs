using System.Globalization;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Quotas;

/// <summary>What quotas are called. Clients rely on the names; none is ever changed.</summary>
internal static class QuotaWords
{
    /// <summary>The code of a request that was refused for a quota.</summary>
    public const string Code = "quota-exceeded";

    public static string NameOf(QuotaKind kind) => kind switch
    {
        QuotaKind.Submissions => "submissions-per-second",
        QuotaKind.OpenSessions => "open-sessions",
        QuotaKind.PayloadBytes => "payload-bytes-per-day",
        QuotaKind.BlobBytes => "blob-bytes",
        _ => "live-connections",
    };

    public static double LimitOf(QuotaKind kind, QuotaLimits limits) => kind switch
    {
        QuotaKind.Submissions => limits.SubmissionsPerSecond,
        QuotaKind.OpenSessions => limits.OpenSessions,
        QuotaKind.PayloadBytes => limits.PayloadBytesPerDay,
        QuotaKind.BlobBytes => limits.BlobBytes,
        _ => limits.LiveConnections,
    };

    /// <summary>What is said to who has come to it.</summary>
    public static string MessageOf(QuotaKind kind, string tenant, double limit)
    {
        var number = limit.ToString("0.###", CultureInfo.InvariantCulture);
        return kind switch
        {
            QuotaKind.Submissions => $"Tenant '{tenant}' may submit {number} sessions a second, and has: nothing was done; send this again a little later.",
            QuotaKind.OpenSessions => $"Tenant '{tenant}' may have {number} sessions that wait or run, and has: nothing was done; send this again once some have ended, or stop some.",
            QuotaKind.PayloadBytes => $"Tenant '{tenant}' may send {number} bytes of payloads a day (UTC), and this would be more: nothing was done.",
            QuotaKind.BlobBytes => $"Tenant '{tenant}' may have {number} bytes of uploads, and this would be more: delete some, or wait until some have expired.",
            _ => $"Tenant '{tenant}' may have {number} sockets and event streams, and has: close some, or come back later.",
        };
    }
}
