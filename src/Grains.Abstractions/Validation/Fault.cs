namespace BlueEdge.Validation;

/// <summary>One thing that is wrong with a request.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.fault")]
public sealed record Fault
{
    /// <summary>Where: a JSON pointer (RFC 6901) into the request's body, for example <c>/engines/0/inputs/1/linkTo</c>.</summary>
    [Id(0)]
    public required string Pointer { get; init; }

    /// <summary>What, for programs: kebab-case, one of <see cref="FaultCodes"/>.</summary>
    [Id(1)]
    public required string Code { get; init; }

    /// <summary>What, for people, naming the value and the remedy.</summary>
    [Id(2)]
    public required string Message { get; init; }
}
