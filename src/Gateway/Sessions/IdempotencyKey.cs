using BlueEdge.Callers;
using BlueEdge.Gateway.Http;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A caller's own name for a submission, so that sending it again does not run it again.</summary>
internal sealed class IdempotencyKey(string key, string route, Caller caller)
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 255;

    /// <summary>What is wrong where <see cref="TryRead"/> says no.</summary>
    public static ErrorItem Fault { get; } = new()
    {
        Pointer = Header,
        Code = FaultCodes.Malformed,
        Message = $"An {Header} is one value of 1 to {Longest} visible ASCII characters.",
    };

    /// <summary>The session that the key names: of the caller's tenant, as others may use the same key.</summary>
    public string SessionId => SessionIds.FromIdempotencyKey(
        caller.NamedTenant is { } tenant ? $"{route}\n{key}\n{tenant}" : $"{route}\n{key}");

    /// <summary>Reads the header; <see langword="null"/> where there is none.</summary>
    public static bool TryRead(HttpRequest request, string route, out IdempotencyKey? key)
    {
        key = null;
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return true;
        }

        if (values is not [{ Length: >= 1 and <= Longest } value] || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return false;
        }

        key = new(value, route, Caller.Current);
        return true;
    }
}
