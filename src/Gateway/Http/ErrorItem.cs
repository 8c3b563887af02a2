using BlueEdge.Validation;

namespace BlueEdge.Gateway.Http;

/// <summary>One thing that is wrong with a request.</summary>
internal sealed record ErrorItem
{
    /// <summary>
    /// A JSON pointer (RFC 6901) into the body, for example <c>/engines/0/inputs/1/linkTo</c>; <c>?name</c> for a query
    /// parameter; the name of a header.
    /// </summary>
    public required string Pointer { get; init; }

    /// <summary>What it is, for programs, for example <c>unknown-engine</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Message { get; init; }

    /// <summary>The line where the body stops to be JSON, from 1.</summary>
    public long? Line { get; init; }

    /// <summary>The byte in that line, from 1.</summary>
    public long? Position { get; init; }

    public static ErrorItem From(Fault fault) => new() { Pointer = fault.Pointer, Code = fault.Code, Message = fault.Message };
}
