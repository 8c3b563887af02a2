using BlueEdge.Auditing;

namespace BlueEdge.Gateway.Auditing;

/// <summary>Who did what on what, from where, with which outcome.</summary>
internal sealed record AuditItem
{
    /// <summary>When; of several the first.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary><c>change</c>, <c>submission</c> or <c>refusal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The operation's id; <c>dropped</c> stands for <c>count</c> calls that are not recorded one by one.</summary>
    public required string Action { get; init; }

    /// <summary>Who: a key's id, or a token's subject; left out where nobody knows.</summary>
    public string? Actor { get; init; }

    /// <summary>How that is known: <c>key</c> or <c>token</c>.</summary>
    public string? By { get; init; }

    /// <summary>On whose behalf; left out where nobody knows.</summary>
    public string? Tenant { get; init; }

    /// <summary>On what: ids, with slashes between them.</summary>
    public string? Target { get; init; }

    /// <summary>From which address.</summary>
    public string? From { get; init; }

    /// <summary>The status that was answered; 499 where the caller was gone before.</summary>
    public int? Status { get; init; }

    /// <summary>How often, within about a second.</summary>
    public required int Count { get; init; }

    public static AuditItem Of(AuditRecord record) => new()
    {
        Time = record.At,
        Kind = AuditKindNames.Of(record.Kind),
        Action = record.Action,
        Actor = record.Actor,
        By = record.By,
        Tenant = record.Tenant,
        Target = record.Target,
        From = record.From,
        Status = record.Status is 0 ? null : record.Status,
        Count = record.Count,
    };
}
