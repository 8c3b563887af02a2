using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Who issues tokens, on a loopback port of the real web server: publishes its keys, and makes tokens of any kind, also such as no issuer makes.</summary>
internal sealed class Issuer : IAsyncDisposable
{
    public const string Audience = "blueedge";

    private readonly WebApplication _app;
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    private Issuer(WebApplication app) => _app = app;

    /// <summary>What it calls itself, and where it is.</summary>
    public string Address => _app.Urls.First();

    /// <summary>The keys that it publishes.</summary>
    public ImmutableArray<IssuerKey> Keys { get; set; } = [IssuerKey.One];

    /// <summary>Whether it answers nothing but errors.</summary>
    public bool IsDown { get; set; }

    /// <summary>What its document calls it, where that is not its address.</summary>
    public string? SaysItIs { get; set; }

    /// <summary>How often its keys were read.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>Its keys are read once more.</summary>
    public Task NextReadAsync() => (_read = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public static async Task<Issuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        Issuer issuer = new(builder.Build());
        issuer._app.Run(issuer.AnswerAsync);
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>What a good token says, from a minute ago until an hour from now.</summary>
    public JsonObject Claims(DateTimeOffset now, string role = "admin", string tenant = "default") => new()
    {
        ["iss"] = Address,
        ["aud"] = Audience,
        ["sub"] = "ada",
        ["nbf"] = now.ToUnixTimeSeconds() - 60,
        ["exp"] = now.ToUnixTimeSeconds() + 3_600,
        ["tenant"] = tenant,
        ["roles"] = new JsonArray(role),
    };

    /// <summary>A good token.</summary>
    public string Token(DateTimeOffset now, string role = "admin", string tenant = "default") => Keys[0].Sign(Claims(now, role, tenant));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        if (IsDown)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        }

        if (http.Request.Path == "/.well-known/openid-configuration")
        {
            return http.Response.WriteAsJsonAsync(new JsonObject { ["issuer"] = SaysItIs ?? Address, ["jwks_uri"] = $"{Address}/keys" }, TestContext.Current.CancellationToken);
        }

        Interlocked.Increment(ref _asked);
        _read.TrySetResult();
        return http.Response.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray([.. Keys.Select(key => (JsonNode)key.Published())]) }, TestContext.Current.CancellationToken);
    }
}
