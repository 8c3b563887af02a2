namespace BlueEdge.Gateway.Quotas;

/// <summary>Whether something may be let by.</summary>
internal readonly record struct QuotaVerdict
{
    public static QuotaVerdict Yes => default;

    /// <summary>It may, and what was lent runs short.</summary>
    public static QuotaVerdict YesAndAsk { get; } = new() { IsShort = true };

    /// <summary>Nobody knows before the tenant's grain has been asked.</summary>
    public static QuotaVerdict Ask { get; } = new() { IsOpen = true, IsShort = true };

    /// <summary>Whether it has to be asked first.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>Whether the grain is to be asked, if only for those who come next.</summary>
    public bool IsShort { get; private init; }

    /// <summary>Of what there is no more; <see langword="null"/> where there is.</summary>
    public QuotaKind? Refused { get; private init; }

    /// <summary>When there may be some again.</summary>
    public TimeSpan RetryAfter { get; private init; }

    public static QuotaVerdict No(QuotaKind kind, TimeSpan retryAfter) => new() { Refused = kind, RetryAfter = retryAfter };
}
