using System.Net;
using System.Text;
using System.Text.Json;
using BlueEdge.Callers;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Keys;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>A gateway that tells callers apart by keys, in front of fake grains, and callers of it.</summary>
internal sealed class Guarded : IAsyncDisposable
{
    /// <summary>Like every secret of a test it has the word in it that no log may show.</summary>
    public const string Bootstrap = "be_CanaryX7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yKw0";

    private int _addresses;

    private Guarded(StubGateway gateway) => Gateway = gateway;

    public StubGateway Gateway { get; }

    public FakeGrains Grains => Gateway.Grains;

    public static Task<Guarded> StartAsync(FakeGrains? grains = null, Action<IServiceCollection>? services = null) => StartAsync(grains, services, [("BlueEdge:Auth:Mode", "Keys"), ("BlueEdge:Auth:BootstrapKey", Bootstrap)]);

    /// <summary>One that takes an issuer's tokens, and keys too unless the mode is another.</summary>
    public static Task<Guarded> StartAsync(Issuer issuer, FakeGrains? grains = null, string mode = "Keys", Action<IServiceCollection>? services = null, params (string, string)[] settings) => StartAsync(
        grains,
        services,
        [
            ("BlueEdge:Auth:Mode", mode), ("BlueEdge:Auth:BootstrapKey", mode is "Keys" ? Bootstrap : ""), ("BlueEdge:Auth:Oidc:Issuer", issuer.Address),
            ("BlueEdge:Auth:Oidc:Audience", Issuer.Audience), .. settings,
        ]);

    private static async Task<Guarded> StartAsync(FakeGrains? grains, Action<IServiceCollection>? services, (string, string)[] settings) => new(await StubGateway.StartAsync(
        grains,
        services: added =>
        {
            added.AddSingleton<IStartupFilter, AddressStartupFilter>();
            services?.Invoke(added);
        },
        settings: settings));

    /// <summary>Adds a key as another gateway does; the key itself is what is returned.</summary>
    public async Task<string> AddAsync(CallerRole role = CallerRole.Admin, string? tenant = null, string id = "key-1", DateTimeOffset? expiresAt = null)
    {
        var text = Text();
        var added = await Grains.Keys.AddAsync(
            new() { Id = id, Hash = KeyHash.Of(text).ToString(), Name = id, Tenant = tenant, Roles = [role], CreatedAt = Grains.Time.GetUtcNow(), ExpiresAt = expiresAt }, TestContext.Current.CancellationToken);
        Assert.Equal(KeyAddOutcome.Added, added);
        return text;
    }

    /// <summary>A new key, with the word in it.</summary>
    public static string Text() => string.Concat("be_Canary", KeyText.Create().AsSpan(9));

    /// <summary>Calls as somebody with a key from an address of its own, so that no other call's wrong key counts.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key, string body = "{}", string? from = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", key is null ? [] : [$"Bearer {key}"]);
        request.Headers.Add(AddressStartupFilter.Header, from ?? new IPAddress(0x0A000000 + Interlocked.Increment(ref _addresses)).ToString());
        if (method == HttpMethod.Post || method == HttpMethod.Put)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? key, string? from = null)
    {
        using var response = await SendAsync(method, path, key, from: from);
        return response.StatusCode;
    }

    public async Task<Answer> AskAsync(HttpMethod method, string path, string? key, string body = "{}", string? from = null) => await Answer.OfAsync(await SendAsync(method, path, key, body, from));

    /// <summary>The operations that the document describes.</summary>
    public async Task<List<Operation>> OperationsAsync()
    {
        using var document = JsonDocument.Parse(await Gateway.Http.GetStringAsync(new Uri("../../openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => Operation.From(path.Name, operation)))];
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
