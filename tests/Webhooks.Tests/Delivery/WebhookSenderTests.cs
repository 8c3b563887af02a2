using System.Diagnostics.Metrics;
using System.Text;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Webhooks.Tests.Outbound;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Webhooks.Tests.Delivery;

public sealed class WebhookSenderTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly OutboundHarness _outbound = OutboundHarness.Allowing();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly CountedResults _results = new();
    private readonly FakeTimeProvider _clock = new(Noon);
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
            new(_services.GetRequiredService<IMeterFactory>(), _clock),
            _clock);
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
        await came.Task.WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);
        var second = CallAsync(server.At("127.0.0.1"), 2);
        Assert.Equal((1, true), (_results.Reads, _sender.IsCrowded(To(server.At("127.0.0.1")))));
        answer.SetResult();

        Assert.All(await Task.WhenAll(first, second), call => Assert.True(call.Attempt?.IsDelivered, call.Attempt?.Error));
        Assert.Equal((2, false), (_results.Reads, _sender.IsCrowded(To(server.At("127.0.0.1")))));
    }

    [Theory]
    [InlineData(true, 0, 0)]
    [InlineData(true, 600, 1)]
    [InlineData(false, 0, 1)]
    public async Task Results_that_were_not_there_when_it_happened_are_looked_for_half_a_second_later(bool isUnwritten, int milliseconds, int reads)
    {
        await using var server = Server.Writing(async (stream, token) => await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 204 None\r\nConnection: close\r\n\r\n"), token));
        _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));

        var call = await CallAsync(server.At("127.0.0.1"), 1, isUnwritten);

        Assert.True(call.Attempt?.IsDelivered, call.Attempt?.Error);
        Assert.Equal(reads, _results.Reads);
    }

    private static TaskCompletionSource NewEvent() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static WebhookSpec To(Uri url) => new() { StatusTypes = ["finish"], CallbackUrl = url };

    private Task<WebhookCall> CallAsync(Uri url, int number, bool isUnwritten = false) => _sender.CallAsync(
        new("session", Noon, 0, number),
        To(url),
        ["Result"],
        new SessionEvent { Number = number, At = Noon, Kind = SessionEventKind.StatusChanged, Status = SessionStatus.Finished, Epoch = 1 },
        isUnwritten,
        TestContext.Current.CancellationToken);
}
