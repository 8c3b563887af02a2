using System.Collections.Immutable;
using System.Security.Cryptography;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Whether the keys of callers' headers are gone, or only cannot be read now, is told apart.</summary>
public sealed class HeaderVaultTests : IDisposable
{
    private static readonly WebhookSpec Webhook = new()
    {
        StatusTypes = ["finish"],
        CallbackUrl = new("https://example.org/"),
        CallbackHeader = ImmutableDictionary.CreateRange([KeyValuePair.Create("X-Key", "canary-of-the-vault")]),
    };

    private static readonly SessionSpec Spec = new() { Channels = [], Nodes = [], Webhooks = [Webhook] };

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void While_the_store_of_the_keys_is_away_nothing_is_stored_or_sent_and_that_is_said()
    {
        var vault = Vault(new Keys(new IOException("The store is away.")));

        Assert.Throws<StoreUnavailableException>(() => vault.Lock(Spec));
        Assert.Throws<StoreUnavailableException>(() => vault.Open(Stored()));
    }

    [Fact]
    public void Keys_that_are_gone_are_told_as_such()
    {
        var error = Assert.Throws<BlueEdgeException>(() => Vault(new Keys(cause: null)).Open(Stored()));

        Assert.Contains("keys that it was stored with are gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stored_is_no_readable_header_and_is_opened_as_it_was()
    {
        var vault = Vault(new EphemeralDataProtectionProvider());

        var stored = Stored(vault);

        Assert.DoesNotContain("canary", stored.CallbackHeader["X-Key"], StringComparison.Ordinal);
        Assert.Equal(Webhook.CallbackHeader, vault.Open(stored));
    }

    private static WebhookSpec Stored(HeaderVault vault) => vault.Lock(Spec).Webhooks[0];

    private WebhookSpec Stored() => Stored(Vault(new EphemeralDataProtectionProvider()));

    private HeaderVault Vault(IDataProtectionProvider keys) =>
        new(keys, new([new Away()], _services.GetRequiredService<Serializer<Exception>>(), NullLogger<GrainErrors>.Instance));

    private sealed class Away : IStoreErrors
    {
        public string? Explain(Exception error) => error is IOException ? "The store is away." : null;
    }

    /// <summary>Fails as data protection does, whose errors all are cryptographic ones.</summary>
    private sealed class Keys(Exception? cause) : IDataProtectionProvider, IDataProtector
    {
        public IDataProtector CreateProtector(string purpose) => this;

        public byte[] Protect(byte[] plaintext) => throw new CryptographicException("No key.", cause);

        public byte[] Unprotect(byte[] protectedData) => throw new CryptographicException("No key.", cause);
    }
}
