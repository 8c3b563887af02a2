using System.Collections.Immutable;
using System.Globalization;

namespace BlueEdge.Webhooks;

/// <summary>
/// Signs webhooks as the Standard Webhooks specification says (https://www.standardwebhooks.com), version <c>v1</c>. Pure, and safe
/// for concurrent use.
/// </summary>
/// <param name="secrets">
/// One; or, while a secret is exchanged for another, both: receivers accept a webhook that is signed with the one that they know. With
/// none there is no signature.
/// </param>
public sealed class WebhookSigner(params IEnumerable<WebhookSecret> secrets)
{
    private readonly ImmutableArray<WebhookSecret> _secrets = [.. secrets];

    /// <summary>Whether it signs at all.</summary>
    public bool HasSecret => !_secrets.IsEmpty;

    /// <summary>The headers that go with a body.</summary>
    /// <param name="id">The event's, the same in each attempt. It has no full stop, which ends it in what is signed.</param>
    /// <param name="attemptedAt">When this attempt is made, not when the event happened.</param>
    /// <param name="body">The very bytes that are sent.</param>
    /// <exception cref="ArgumentException">The id is empty, or has a full stop in it.</exception>
    public ImmutableDictionary<string, string> Sign(string id, DateTimeOffset attemptedAt, ReadOnlySpan<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException($"The webhook's id '{id}' has a full stop in it: id and time could be read otherwise than they were signed.", nameof(id));
        }

        var timestamp = attemptedAt.ToUnixTimeSeconds();
        List<string> signatures = [];
        foreach (var secret in _secrets)
        {
            signatures.Add($"v1,{Convert.ToBase64String(secret.Sign(id, timestamp, body))}");
        }

        var headers = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase)
            .Add(WebhookHeaders.Id, id)
            .Add(WebhookHeaders.Timestamp, timestamp.ToString(CultureInfo.InvariantCulture));
        return signatures is [] ? headers : headers.Add(WebhookHeaders.Signature, string.Join(' ', signatures));
    }
}
