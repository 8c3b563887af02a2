using System.Collections.Immutable;

namespace BlueEdge.Gateway.Keys;

/// <summary>The envelope of nothing: the key is revoked.</summary>
internal sealed record KeyRevokedResponse
{
    /// <summary>Always <c>success</c>.</summary>
    public string Status { get; init; } = "success";

    /// <summary>Empty.</summary>
    public string Message { get; init; } = "";

    /// <summary>Has no members.</summary>
    public ImmutableDictionary<string, string> Data { get; init; } = [];
}
