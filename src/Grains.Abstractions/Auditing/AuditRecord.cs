namespace BlueEdge.Auditing;

/// <summary>Who did what on what, from where, with which outcome; or so many times the same. It has neither payloads nor secrets.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.audit-record")]
public sealed record AuditRecord
{
    /// <summary>When it happened, the first of them.</summary>
    [Id(0)]
    public required DateTimeOffset At { get; init; }

    /// <summary>Of which kind it is.</summary>
    [Id(1)]
    public required AuditKind Kind { get; init; }

    /// <summary>The operation, by its name in the API's description; <c>dropped</c> stands for <see cref="Count"/> calls that are not recorded one by one.</summary>
    [Id(2)]
    public required string Action { get; init; }

    /// <summary>Who: a key's id, or what a token's issuer calls its bearer; <see langword="null"/> where nobody knows.</summary>
    [Id(3)]
    public string? Actor { get; init; }

    /// <summary>How that is known: <c>key</c> or <c>token</c>.</summary>
    [Id(4)]
    public string? By { get; init; }

    /// <summary>On whose behalf; <see langword="null"/> where nobody knows.</summary>
    [Id(5)]
    public string? Tenant { get; init; }

    /// <summary>On what: the ids of a session and what is below it, of a key, an engine, an upload.</summary>
    [Id(6)]
    public string? Target { get; init; }

    /// <summary>From which address.</summary>
    [Id(7)]
    public string? From { get; init; }

    /// <summary>The status that was answered; 499 where the caller was gone before.</summary>
    [Id(8)]
    public int Status { get; init; }

    /// <summary>How often, within a second or so.</summary>
    [Id(9)]
    public int Count { get; init; } = 1;
}
