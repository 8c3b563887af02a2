using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Something about a session that its caller should know, although it is no reason to fail.</summary>
internal sealed record WarningResponse
{
    /// <summary>What kind it is, for programs: <c>webhook-refused</c>, <c>engine-warning</c>, <c>more-warnings</c>, or an engine's own.</summary>
    public required string Code { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string Message { get; init; }

    /// <summary>The engine's name in the session; left out where it is about the session as a whole.</summary>
    public string? Node { get; init; }

    public static WarningResponse From(SessionWarning warning) =>
        new() { Code = warning.Code, Message = warning.Message, Node = warning.Node };
}
