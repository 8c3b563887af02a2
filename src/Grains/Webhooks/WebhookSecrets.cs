using System.Collections.Frozen;
using BlueEdge.Webhooks;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What webhooks are signed with, as the operator set it.</summary>
internal sealed class WebhookSecrets(IOptions<WebhookOptions> options)
{
    private readonly WebhookSigner _signer = SignerOf(options.Value.Secret);
    private readonly FrozenDictionary<string, WebhookSigner> _named =
        options.Value.Secrets.ToFrozenDictionary(named => named.Key, named => SignerOf(named.Value), StringComparer.Ordinal);

    /// <summary>Whether a session may name this secret.</summary>
    public bool Has(string name) => _named.ContainsKey(name);

    /// <summary>Signs with the secret that the session names, else with the operator's; where he set none, with none.</summary>
    /// <exception cref="BlueEdgeException">There is no such secret any more.</exception>
    public WebhookSigner SignerFor(string? name) => name is null ? _signer : _named.GetValueOrDefault(name)
        ?? throw new BlueEdgeException($"The secret '{name}' that the session names is not set: {WebhookOptions.Section}:{nameof(WebhookOptions.Secrets)}:{name}.");

    private static WebhookSigner SignerOf(string text) => new(WebhookOptions.SecretsOf(text).OfType<WebhookSecret>());
}
