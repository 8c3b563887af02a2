namespace BlueEdge.Auditing;

/// <summary>Of which kind a record of the audit is. Each has a bound of its own, so that many of one push out none of the others.</summary>
[GenerateSerializer, Alias("blueedge.audit-kind")]
public enum AuditKind
{
    /// <summary>What operators and administrators did.</summary>
    Change = 0,

    /// <summary>What was submitted, uploaded and written.</summary>
    Submission = 1,

    /// <summary>What somebody was not let do.</summary>
    Refusal = 2,
}
