using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>A receiver on a loopback port of the real web server: keeps what comes, and answers as the test says.</summary>
internal sealed class Hook : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<HookCall> _calls = [];
    private readonly Channel<HookCall> _news = Channel.CreateUnbounded<HookCall>();
    private readonly ConcurrentQueue<HookCall> _taken = [];
    private readonly Channel<HookCall> _takenNews = Channel.CreateUnbounded<HookCall>();

    private string _host = "127.0.0.1";

    private Hook(WebApplication app) => _app = app;

    /// <summary>All that came so far, in the order in which it came.</summary>
    public IReadOnlyList<HookCall> Calls => [.. _calls];

    public string Address => $"{_app.Urls.First().Replace("127.0.0.1", _host, StringComparison.Ordinal)}/hook";

    /// <summary>Answers with 204 unless the test says otherwise.</summary>
    public static Task<Hook> StartAsync(Func<HookCall, HttpContext, Task>? answer = null) => StartAsync(host => host.UseUrls("http://127.0.0.1:0"), answer);

    /// <summary>One that is called by https, under the name <c>localhost</c>.</summary>
    public static async Task<Hook> StartAsync(X509Certificate2 certificate, HttpProtocols protocols)
    {
        var hook = await StartAsync(
            host => host.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = protocols;
                listen.UseHttps(certificate);
            })),
            answer: null);
        hook._host = "localhost";
        return hook;
    }

    private static async Task<Hook> StartAsync(Action<IWebHostBuilder> listen, Func<HookCall, HttpContext, Task>? answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        listen(builder.WebHost);
        var hook = new Hook(builder.Build());
        hook._app.Run(async http =>
        {
            var arrivedAt = TimeProvider.System.GetUtcNow();
            using var buffer = new MemoryStream();
            await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
            var call = new HookCall(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), buffer.ToArray())
            {
                Protocol = http.Request.Protocol,
                ArrivedAt = arrivedAt,
            };
            hook._calls.Enqueue(call);
            hook._news.Writer.TryWrite(call);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            await (answer?.Invoke(call, http) ?? Task.CompletedTask);
            if (http.Response.StatusCode is StatusCodes.Status204NoContent && !http.RequestAborted.IsCancellationRequested)
            {
                hook._taken.Enqueue(call);
                hook._takenNews.Writer.TryWrite(call);
            }
        });
        await hook._app.StartAsync();
        return hook;
    }

    /// <summary>The next call that is of interest, those before it passed over.</summary>
    public async Task<HookCall> NextAsync(Func<HookCall, bool>? isWanted = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (true)
            {
                if (await _news.Reader.ReadAsync(patience.Token) is var call && (isWanted is null || isWanted(call)))
                {
                    return call;
                }
            }
        }
        catch (OperationCanceledException late) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The call did not come. What came: {string.Join('\n', Calls.Select(call => $"{call.Id} {call.Type} {call.Status}"))}", late);
        }
    }

    /// <summary>Waits until enough was answered with 204.</summary>
    public async Task UntilTakenAsync(Func<IReadOnlyCollection<HookCall>, bool> isEnough)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!isEnough(_taken))
        {
            try
            {
                await _takenNews.Reader.ReadAsync(patience.Token);
            }
            catch (OperationCanceledException late) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"Taken: {string.Join('\n', _taken.Select(call => $"{call.Id} {call.Status}"))}\nof what came: {string.Join('\n', Calls.Select(call => $"{call.Id} {call.Status}"))}", late);
            }
        }
    }

    /// <summary>Waits for the session's end.</summary>
    public Task<HookCall> EndAsync() => NextAsync(call => call.Type is "sessionStatusChanged" && call.Status is "finished" or "failed" or "canceled");

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
