using System.Collections.Immutable;

namespace BlueEdge.Outbound.Http;

/// <summary>What to send where.</summary>
public sealed record OutboundRequest
{
    /// <summary>Where to; judged again, whatever was said of it before.</summary>
    public required Uri Url { get; init; }

    /// <summary>POST by default.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Headers that BlueEdge sets, such as the signature. They win over <see cref="CallerHeaders"/>.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = [];

    /// <summary>Headers that whoever named the address wants sent along; judged by <see cref="HeaderRules"/>.</summary>
    public ImmutableDictionary<string, string> CallerHeaders { get; init; } = [];

    /// <summary>The body; <see langword="null"/>, the default, is none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>What the body is, where the headers do not say; JSON by default.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>The session on whose behalf it is sent, for the log; <see langword="null"/>, the default, is none.</summary>
    public string? SessionId { get; init; }

    /// <summary>Bytes of the answer's body that are read at most; 64 KB by default.</summary>
    public int AnswerBytes { get; init; } = 64 * 1024;
}
