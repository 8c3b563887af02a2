using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Tool.Tests.Processes;

/// <summary>A server that answers as the test says: for what the real one cannot be made to do on demand.</summary>
public sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>What was asked: method and path.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static async Task<StubServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        StubServer server = new(app);
        app.Run(http =>
        {
            server.Asked.Enqueue($"{http.Request.Method} {http.Request.Path}");
            return answer(http);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>Answers in the API's envelope.</summary>
    public static Task WriteAsync(HttpContext http, int statusCode, string data, string message = "")
    {
        http.Response.StatusCode = statusCode;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$"""{"status":"{{(statusCode < 400 ? "success" : "error")}}","message":"{{message}}","data":{{data}}}""");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
