using System.Collections.Immutable;
using System.Security.Cryptography;
using BlueEdge.Sessions;
using Microsoft.AspNetCore.DataProtection;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Callers' headers often are secrets: they are stored encrypted, with keys that the host keeps.</summary>
internal sealed class HeaderVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BlueEdge.Webhooks.CallbackHeader");

    /// <summary>The spec as it is stored. One without such headers is given back as it is.</summary>
    public SessionSpec Lock(SessionSpec spec) => spec.Webhooks.All(webhook => webhook.CallbackHeader.IsEmpty) ? spec : spec with
    {
        Webhooks = [.. spec.Webhooks.Select(webhook => webhook with { CallbackHeader = Each(webhook.CallbackHeader, _protector.Protect) })],
    };

    /// <summary>The headers as they are sent.</summary>
    /// <exception cref="BlueEdgeException">Their key is gone.</exception>
    public ImmutableDictionary<string, string> Open(WebhookSpec webhook)
    {
        try
        {
            return Each(webhook.CallbackHeader, _protector.Unprotect);
        }
        catch (CryptographicException error)
        {
            throw new BlueEdgeException("The session's callbackHeader cannot be decrypted: the keys that it was stored with are gone. Submit the session again.", error);
        }
    }

    private static ImmutableDictionary<string, string> Each(ImmutableDictionary<string, string> headers, Func<string, string> change) => headers.IsEmpty
        ? headers
        : headers.ToImmutableDictionary(header => header.Key, header => change(header.Value), headers.KeyComparer);
}
