namespace BlueEdge.Sessions;

/// <summary>
/// What a sub-session remembers: the attempt that runs, and how it ended. Every change is a pure function; an end is
/// never left within its epoch. That an engine is ready is not stored, for it can be asked again.
/// </summary>
[GenerateSerializer, Immutable, Alias("blueedge.sub-session-state")]
internal sealed record SubSessionState
{
    /// <summary>0 before the first attempt.</summary>
    [Id(0)]
    public int Epoch { get; init; }

    /// <summary>The instance that runs it, or <see langword="null"/> where it was never started.</summary>
    [Id(1)]
    public string? Instance { get; init; }

    /// <summary>How the attempt ended, or <see langword="null"/> while it runs.</summary>
    [Id(2)]
    public SubSessionReport? End { get; init; }

    public SubSessionState Start(SubSessionStart start) =>
        start.Epoch <= Epoch ? this : new() { Epoch = start.Epoch, Instance = start.Lease.Instance };

    /// <summary>A stop that overtakes the start ends the attempt, so that it never starts.</summary>
    public SubSessionState Stop(string node, int epoch, string reason) => epoch <= Epoch
        ? this
        : new()
        {
            Epoch = epoch,
            End = new() { Node = node, Epoch = epoch, Status = SubSessionStatus.Canceled, Error = reason },
        };

    public SubSessionState Apply(SubSessionReport report) =>
        report.Epoch != Epoch || End is not null || !report.Status.IsTerminal() ? this : this with { End = report };
}
