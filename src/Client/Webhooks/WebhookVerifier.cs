using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using BlueEdge.Webhooks;

namespace BlueEdge.Client.Webhooks;

/// <summary>
/// Says whether a webhook was sent by who shares a secret with the receiver, as the Standard Webhooks specification has it
/// (https://www.standardwebhooks.com). Safe for concurrent use. A receiver gives it the body's bytes as they came, before they
/// are read as JSON, and remembers the ids of those it has taken: a webhook can come twice.
/// </summary>
/// <param name="secrets">One; or, while a secret is exchanged for another, both.</param>
/// <param name="clock">The time; <see langword="null"/>, the default, is the machine's.</param>
public sealed class WebhookVerifier(IEnumerable<WebhookSecret> secrets, TimeProvider? clock = null)
{
    private const string Version = "v1,";

    private readonly ImmutableArray<WebhookSecret> _secrets = [.. secrets];
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>How far a webhook's time may be from the receiver's, either way; 5 minutes by default.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Judges a webhook; never throws for what was sent.</summary>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="id">The header <see cref="WebhookHeaders.Id"/>.</param>
    /// <param name="timestamp">The header <see cref="WebhookHeaders.Timestamp"/>.</param>
    /// <param name="signature">The header <see cref="WebhookHeaders.Signature"/>; one signature that fits is enough.</param>
    public WebhookVerification Verify(ReadOnlySpan<byte> body, string? id, string? timestamp, string? signature)
    {
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
        {
            return WebhookVerification.HeaderMissing;
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return WebhookVerification.TimestampMalformed;
        }

        var age = _clock.GetUtcNow().ToUnixTimeSeconds() - seconds;
        if (age > Tolerance.TotalSeconds || -age > Tolerance.TotalSeconds)
        {
            return age > 0 ? WebhookVerification.TooOld : WebhookVerification.TooNew;
        }

        var given = signature.Split(' ').Where(each => each.StartsWith(Version, StringComparison.Ordinal)).Select(Decode).ToList();
        if (given.Count == 0)
        {
            return WebhookVerification.SignatureUnknown;
        }

        foreach (var secret in _secrets)
        {
            var expected = secret.Sign(id, seconds, body);
            if (given.Exists(each => CryptographicOperations.FixedTimeEquals(each, expected)))
            {
                return WebhookVerification.Valid;
            }
        }

        return WebhookVerification.SignatureWrong;
    }

    /// <summary>The signature's bytes; none where it is no base64, which fits nothing.</summary>
    private static byte[] Decode(string signature)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64Chars(signature.AsSpan(Version.Length), bytes, out var length) && length == bytes.Length ? bytes : [];
    }
}
