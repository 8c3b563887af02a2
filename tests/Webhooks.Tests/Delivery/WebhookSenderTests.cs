using System.Diagnostics.Metrics;
using System.Text;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks.Tests.Outbound;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Webhooks.Tests.Delivery;

public sealed class WebhookSenderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly OutboundHarness _outbound = OutboundHarness.Allowing();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CountedResults _results = new();
    private readonly WebhookSender _sender;

    public WebhookSenderTests()
    {
        var options = Options.Create(new WebhookOptions { CallsPerAddress = 1 });
        _sender = new(
            _outbound.Client,
            new(options, TimeProvider.System),
            new(options),
            new(new EphemeralDataProtectionProvider(), errors: null!), // Its keys are in memory.
            new(_results, blobs: null!, options), // There are none.
            new(_services.GetRequiredService<IMeterFactory>()),
            TimeProvider.System);
    }

    public void Dispose()
    {
        _outbound.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task Who_waits_for_a_slow_receiver_holds_no_results_meanwhile()
    {
        var (came, answer) = (NewEvent(), NewEvent());
        await using var server = Server.Writing(async (stream, token) =>
        {
            came.TrySetResult();
            await answer.Task.WaitAsync(token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 204 None\r\nConnection: close\r\n\r\n"), token);
        });

        var first = CallAsync(server.At("127.0.0.1"), 1);
        await came.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken);
        var second = CallAsync(server.At("127.0.0.1"), 2);
        Assert.Equal((1, true), (_results.Reads, _sender.IsCrowded(To(server.At("127.0.0.1")))));
        answer.SetResult();

        Assert.All(await Task.WhenAll(first, second), call => Assert.True(call.Attempt?.IsDelivered, call.Attempt?.Error));
        Assert.Equal((2, false), (_results.Reads, _sender.IsCrowded(To(server.At("127.0.0.1")))));
    }

    private static TaskCompletionSource NewEvent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static WebhookSpec To(Uri url) => new() { StatusTypes = ["finish"], CallbackUrl = url };

    private Task<WebhookCall> CallAsync(Uri url, int number) => _sender.CallAsync(
        new("session", Noon, 0, number),
        To(url),
        ["Result"],
        new SessionEvent { Number = number, At = Noon, Kind = SessionEventKind.StatusChanged, Status = SessionStatus.Finished, Epoch = 1 },
        TestContext.Current.CancellationToken);
}
