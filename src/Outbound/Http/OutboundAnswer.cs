using System.Net;
using System.Net.Http.Headers;

namespace BlueEdge.Outbound.Http;

/// <summary>The other side answered, whatever it said. A redirect is an answer, and not followed.</summary>
public sealed record OutboundAnswer : OutboundResult
{
    /// <summary>What the server answered with.</summary>
    public required HttpStatusCode Status { get; init; }

    /// <summary>When to come again, as a time or from now on; <see langword="null"/> where it does not say.</summary>
    public RetryConditionHeaderValue? RetryAfter { get; init; }

    /// <summary>The body's first bytes.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether the body has more than was read.</summary>
    public bool IsCut { get; init; }
}
