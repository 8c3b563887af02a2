using System.ComponentModel;

namespace BlueEdge.Gateway.Http;

/// <summary>The envelope of an answer that says no.</summary>
internal sealed record ErrorResponse
{
    /// <summary>Always <c>error</c>.</summary>
    [DefaultValue("error")]
    public string Status { get; } = "error";

    /// <summary>What is wrong, for people.</summary>
    public required string Message { get; init; }

    /// <summary>What is wrong, for programs.</summary>
    public required ErrorData Data { get; init; }
}
