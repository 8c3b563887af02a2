namespace BlueEdge.Quotas;

/// <summary>What a gateway may let by, and what is known of the tenant elsewhere.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.quota-grant")]
public sealed record QuotaGrant
{
    /// <summary>How long a gateway may use what it was lent; what is left then is void.</summary>
    public static TimeSpan Lasts { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Submissions that it may let by besides those of former grants that last yet.</summary>
    [Id(0)]
    public int Submissions { get; init; }

    /// <summary>When the next submission may come, where it was given none.</summary>
    [Id(1)]
    public TimeSpan RetryAfter { get; init; }

    /// <summary>Sessions that it may let begin; replaces what it was given before.</summary>
    [Id(2)]
    public int Sessions { get; init; }

    /// <summary>How many gateways have let some of the tenant's by lately, this one included.</summary>
    [Id(3)]
    public int Gateways { get; init; } = 1;

    /// <summary>Which day it is, in days since 1970 (UTC).</summary>
    [Id(4)]
    public long Day { get; init; }

    /// <summary>Bytes of payloads that came on that day, everywhere.</summary>
    [Id(5)]
    public long PayloadBytes { get; init; }

    /// <summary>Sockets and event streams that are open at other gateways.</summary>
    [Id(6)]
    public int LiveElsewhere { get; init; }

    /// <summary>Bytes of uploads that are stored.</summary>
    [Id(7)]
    public long BlobBytes { get; init; }

    /// <summary>The day of a time, in days since 1970 (UTC).</summary>
    public static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / (24 * 60 * 60);
}
