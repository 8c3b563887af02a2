namespace BlueEdge.Auditing;

/// <summary>Which records of the audit to list.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.audit-query")]
public sealed record AuditQuery
{
    /// <summary>The most records a page can have.</summary>
    public const int LargestLimit = 200;

    /// <summary>Only those of a kind; <see langword="null"/> for all.</summary>
    [Id(0)]
    public AuditKind? Kind { get; init; }

    /// <summary>Only those of a tenant; <see langword="null"/> for all.</summary>
    [Id(1)]
    public string? Tenant { get; init; }

    /// <summary>Only those of whoever is called so; <see langword="null"/> for all.</summary>
    [Id(2)]
    public string? Actor { get; init; }

    /// <summary>Only those of an operation; <see langword="null"/> for all.</summary>
    [Id(3)]
    public string? Action { get; init; }

    /// <summary>At most so many, from 1 to <see cref="LargestLimit"/>; 50 by default.</summary>
    [Id(4)]
    public int Limit { get; init; } = 50;

    /// <summary>Only older ones than that; <see langword="null"/> begins with the newest.</summary>
    [Id(5)]
    public AuditPosition? Before { get; init; }

    /// <summary>Whether a record is asked for.</summary>
    public bool Matches(AuditRecord record) => Is(Tenant, record.Tenant) && Is(Actor, record.Actor) && Is(Action, record.Action);

    private static bool Is(string? asked, string? found) => asked is null || string.Equals(asked, found, StringComparison.Ordinal);
}
