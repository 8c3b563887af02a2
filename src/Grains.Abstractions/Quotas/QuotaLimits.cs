namespace BlueEdge.Quotas;

/// <summary>How much one tenant may take. Of each, 0 is without a limit.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.quota-limits")]
public sealed record QuotaLimits
{
    /// <summary>No limit at all.</summary>
    public static QuotaLimits None { get; } = new();

    /// <summary>Submissions a second, over all gateways.</summary>
    [Id(0)]
    public double SubmissionsPerSecond { get; init; }

    /// <summary>How many submissions may come at once after a pause; 0 is as many as in a second, and 1 at least.</summary>
    [Id(1)]
    public int SubmissionBurst { get; init; }

    /// <summary>Sessions that wait or run.</summary>
    [Id(2)]
    public int OpenSessions { get; init; }

    /// <summary>Bytes of the bodies of submissions, of items and of uploads, from midnight to midnight UTC.</summary>
    [Id(3)]
    public long PayloadBytesPerDay { get; init; }

    /// <summary>Bytes of uploads that are stored.</summary>
    [Id(4)]
    public long BlobBytes { get; init; }

    /// <summary>Sockets and event streams that are open.</summary>
    [Id(5)]
    public int LiveConnections { get; init; }

    /// <summary>Submissions that may come at once, as it counts.</summary>
    public double Burst => SubmissionBurst > 0 ? SubmissionBurst : Math.Max(1, SubmissionsPerSecond);
}
