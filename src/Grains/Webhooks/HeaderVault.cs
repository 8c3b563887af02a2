using System.Collections.Immutable;
using System.Security.Cryptography;
using BlueEdge.Grains.Storage;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Callers' headers often are secrets: they are stored encrypted, with keys that the host keeps.</summary>
internal sealed class HeaderVault(IDataProtectionProvider protection, GrainErrors errors)
{
    private readonly IDataProtector _protector = protection.CreateProtector("BlueEdge.Webhooks.CallbackHeader");

    /// <summary>The spec as it is stored. One without such headers is given back as it is.</summary>
    /// <exception cref="StoreUnavailableException">The keys cannot be read now.</exception>
    public SessionSpec Lock(SessionSpec spec) => spec.Webhooks.All(webhook => webhook.CallbackHeader.IsEmpty) ? spec : spec with
    {
        Webhooks = [.. spec.Webhooks.Select(webhook => webhook with { CallbackHeader = Each(webhook.CallbackHeader, value => Use(_protector.Protect, value)) })],
    };

    /// <summary>The headers as they are sent.</summary>
    /// <exception cref="BlueEdgeException">Their key is gone.</exception>
    /// <exception cref="StoreUnavailableException">The keys cannot be read now.</exception>
    public ImmutableDictionary<string, string> Open(WebhookSpec webhook)
    {
        try
        {
            return Each(webhook.CallbackHeader, value => Use(_protector.Unprotect, value));
        }
        catch (CryptographicException error)
        {
            throw new BlueEdgeException("The session's callbackHeader cannot be decrypted: the keys that it was stored with are gone. Submit the session again.", error);
        }
    }

    /// <summary>Keys that cannot be read, for their store is away, are told like those that are gone.</summary>
    private string Use(Func<string, string> change, string value)
    {
        try
        {
            return change(value);
        }
        catch (CryptographicException error) when (error.InnerException is { } cause && errors.Translate(cause) is StoreUnavailableException away)
        {
            throw new StoreUnavailableException(away.Message, error);
        }
    }

    private static ImmutableDictionary<string, string> Each(ImmutableDictionary<string, string> headers, Func<string, string> change) => headers.IsEmpty
        ? headers
        : headers.ToImmutableDictionary(header => header.Key, header => change(header.Value), headers.KeyComparer);
}
