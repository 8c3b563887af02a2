using System.Net;
using BlueEdge.Gateway.Sockets;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Gateway.Tests.Sockets;
using BlueEdge.Gateway.Tests.Streams;
using BlueEdge.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What is open with a token ends when it expires, an hour and the skew of clocks from when it was made.</summary>
public sealed class TokenEndTests : IAsyncLifetime
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1) + TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new(new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
    private Issuer? _issuer;
    private Guarded? _guarded;

    private Issuer Issuer => _issuer ?? throw new InvalidOperationException("It is not started.");

    private Guarded Guarded => _guarded ?? throw new InvalidOperationException("It is not started.");

    public async ValueTask InitializeAsync()
    {
        _issuer = await Issuer.StartAsync();
        _guarded = await Guarded.StartAsync(Issuer, new FakeGrains { Time = _time }, settings: [("BlueEdge:Gateway:LongestWait", "1.00:00:00")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Guarded.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    [Fact]
    public async Task It_is_refused_from_then_on()
    {
        var token = Issuer.Token(_time.GetUtcNow());
        _time.Advance(Life - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await Guarded.StatusAsync(HttpMethod.Get, "engines", token));

        _time.Advance(TimeSpan.FromSeconds(1));

        var refused = await Guarded.AskAsync(HttpMethod.Get, "engines", token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("has expired", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_closes()
    {
        await using var socket = await SocketClient.OpenAsync(Guarded.Gateway.Http, Begin(), key: Issuer.Token(_time.GetUtcNow(), "submitter"));
        await socket.HearAsync();

        _time.Advance(Life);

        Assert.Equal(SocketEnd.Unauthorized, (await socket.NextAsync()).CloseCode);
    }

    [Fact]
    public async Task A_stream_is_cut()
    {
        Guarded.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", Issuer.Token(_time.GetUtcNow(), "viewer"));
        await using var listener = await Listener.OpenAsync(Guarded.Gateway.Http, $"sessions/{Begin()}/events");
        Assert.NotNull(await listener.NextAsync());

        _time.Advance(Life);

        await Assert.ThrowsAnyAsync<IOException>(listener.RestAsync);
    }

    [Fact]
    public async Task A_wait_is_answered_that_it_counts_no_more()
    {
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Guarded.Grains.Trouble = call =>
        {
            if (call is nameof(ISessionGrain.WaitAsync))
            {
                waits.TrySetResult();
            }

            return Task.CompletedTask;
        };
        var waiting = Guarded.AskAsync(HttpMethod.Get, $"process-workflow/{Begin()}?waitTimeSecond=80000", Issuer.Token(_time.GetUtcNow(), "viewer"));
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken);

        _time.Advance(Life);

        var answer = await waiting;
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("The token does not count", answer.Message, StringComparison.Ordinal);
    }

    private string Begin()
    {
        var id = SessionIds.Create();
        Guarded.Grains.Session(id).Begin();
        return id;
    }
}
