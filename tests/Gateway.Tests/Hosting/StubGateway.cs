using BlueEdge.Channels;
using BlueEdge.Validation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>The gateway on a loopback port of the real web server, in front of fake grains.</summary>
internal sealed class StubGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubGateway(WebApplication app, FakeGrains grains, HttpClient http) => (_app, Grains, Http) = (app, grains, http);

    public FakeGrains Grains { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<StubGateway> StartAsync(
        FakeGrains? grains = null, Action<GatewayOptions>? configure = null, IBlobStore? blobs = null, string environment = "Production",
        Action<SessionLimits>? limits = null, Action<IServiceCollection>? services = null, params (string Path, string Value)[] settings)
    {
        grains ??= new();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)));
        builder.AddBlueEdgeGateway();
        builder.Services.AddSingleton(grains.Factory).AddSingleton(grains.Time);
        builder.Services.Configure(configure ?? (_ => { }));
        builder.Services.Configure(limits ?? (_ => { }));
        services?.Invoke(builder.Services);
        if (blobs is not null)
        {
            builder.Services.AddSingleton(blobs);
        }

        var app = builder.Build();
        app.MapBlueEdgeGateway();
        app.MapGet("/broken", string () => throw new InvalidOperationException("secret"));
        await app.StartAsync();
        return new(app, grains, new() { BaseAddress = new($"{app.Urls.First()}/api/v1/"), Timeout = TimeSpan.FromSeconds(60) });
    }

    /// <summary>Stops it as a process is stopped; its callers stay.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
