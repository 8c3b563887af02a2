namespace BlueEdge.Sessions;

/// <summary>A session's spec, stored once beside its state: start data are large and never change.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.session-spec-state")]
internal sealed record SessionSpecState
{
    [Id(0)]
    public SessionSpec? Spec { get; init; }
}
