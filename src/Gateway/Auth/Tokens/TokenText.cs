using System.Buffers.Text;
using System.Text.Json;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>
/// What a token says, before anybody knows whether it is true. It is read strictly: of a member that is there twice two readers may take different ones, and so may be led to believe
/// different things.
/// </summary>
internal sealed class TokenText : IDisposable
{
    /// <summary>So many characters a token has at most; real ones have one or two thousand.</summary>
    public const int Longest = 16 * 1024;

    private const int LongestName = 256;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };
    private static readonly HashSet<string> Types = new(StringComparer.OrdinalIgnoreCase) { "JWT", "at+jwt", "application/at+jwt" };

    private readonly JsonDocument _header;
    private readonly JsonDocument _payload;

    private TokenText(JsonDocument header, JsonDocument payload) => (_header, _payload) = (header, payload);

    /// <summary>Which algorithm it says it is signed by.</summary>
    public string Algorithm => TextOf(_header.RootElement, "alg") ?? "";

    /// <summary>Which key it says it is signed with; <see langword="null"/> where it does not.</summary>
    public string? KeyId => TextOf(_header.RootElement, "kid");

    /// <summary>Whether it is for callers of an API, and wants nothing of its reader that this one does not know.</summary>
    public bool IsOfKnownKind => !_header.RootElement.TryGetProperty("crit", out _)
        && (!_header.RootElement.TryGetProperty("typ", out var type) || (type.ValueKind is JsonValueKind.String && Types.Contains(type.GetString() ?? "")));

    /// <summary>Reads it; <see langword="null"/> where it is no signed token of the compact form.</summary>
    public static TokenText? Read(string text)
    {
        if (text.Length > Longest || text.Split('.') is not [{ Length: > 0 } header, { Length: > 0 } payload, { Length: > 0 }])
        {
            return null;
        }

        JsonDocument? head = null;
        try
        {
            head = Part(header);
            return new(head, Part(payload));
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            head?.Dispose();
            return null;
        }
    }

    /// <summary>A claim of that name, or what a path of names with dots between them leads to.</summary>
    public JsonElement? Claim(string name)
    {
        if (_payload.RootElement.TryGetProperty(name, out var claim))
        {
            return claim;
        }

        var found = _payload.RootElement;
        foreach (var part in name.Split('.'))
        {
            if (found.ValueKind is not JsonValueKind.Object || !found.TryGetProperty(part, out found))
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>A claim that is a text of a sensible length.</summary>
    public string? Text(string name) => TextOf(_payload.RootElement, name);

    /// <summary>A claim that is a time, as seconds since 1970; <see langword="null"/> where it is none.</summary>
    public DateTimeOffset? Time(string name) =>
        _payload.RootElement.TryGetProperty(name, out var claim) && claim.ValueKind is JsonValueKind.Number && claim.TryGetDouble(out var seconds)
            && seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() - TimeSpan.SecondsPerDay
                ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
                : null;

    /// <summary>Whether there is such a claim, whatever it says.</summary>
    public bool Has(string name) => _payload.RootElement.TryGetProperty(name, out _);

    public void Dispose()
    {
        _header.Dispose();
        _payload.Dispose();
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestName } text ? text : null;

    /// <exception cref="JsonException">It is no object, or has a member twice.</exception>
    /// <exception cref="FormatException">It is no base64url.</exception>
    private static JsonDocument Part(string text)
    {
        var json = JsonDocument.Parse(Base64Url.DecodeFromChars(text), Strict);
        return json.RootElement.ValueKind is JsonValueKind.Object ? json : throw new JsonException("It is no object.");
    }
}
