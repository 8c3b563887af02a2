using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BlueEdge.Webhooks;

/// <summary>
/// What sender and receiver of webhooks share to sign them: 24 to 64 random bytes, written as <c>whsec_</c> and base64. It shows
/// itself to nobody: as a text it is <c>whsec_***</c>.
/// </summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Shortest = 24;
    private const int Longest = 64;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>Reads a secret; the prefix may be missing.</summary>
    /// <exception cref="BlueEdgeException">It is none. The message does not show it.</exception>
    public static WebhookSecret Parse(string text) => TryParse(text, out var secret)
        ? secret
        : throw new BlueEdgeException(
            $"A webhook secret is '{Prefix}' and {Shortest} to {Longest} random bytes in base64; this one is not. 'openssl rand -base64 32' makes the bytes.");

    /// <summary>Reads a secret, where it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        var encoded = text.AsSpan();
        encoded = encoded.StartsWith(Prefix, StringComparison.Ordinal) ? encoded[Prefix.Length..] : encoded;
        Span<byte> key = stackalloc byte[Longest];
        secret = Convert.TryFromBase64Chars(encoded, key, out var length) && length >= Shortest ? new(key[..length].ToArray()) : null;
        return secret is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}***";

    /// <summary>The specification's symmetric signature: HMAC-SHA256 of <c>{id}.{timestamp}.{body}</c>.</summary>
    public byte[] Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}
