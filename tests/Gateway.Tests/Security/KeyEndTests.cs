using System.Net;
using BlueEdge.Callers;
using BlueEdge.Gateway.Sockets;
using BlueEdge.Gateway.Tests.Sockets;
using BlueEdge.Gateway.Tests.Streams;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What is open with a key ends with it.</summary>
public sealed class KeyEndTests
{
    private const string Id = "key-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_closes_when_its_key_is_revoked()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(CallerRole.Submitter, id: Id);
        var session = Begin(guarded);
        await using var socket = await SocketClient.OpenAsync(guarded.Gateway.Http, session, key: key);
        await socket.HearAsync();

        await guarded.Grains.Keys.RevokeAsync(Id, Ct);

        Assert.Equal(SocketEnd.Unauthorized, (await socket.NextAsync()).CloseCode);
    }

    [Fact]
    public async Task A_socket_without_a_key_is_refused_before_it_is_one()
    {
        await using var guarded = await Guarded.StartAsync();
        var (session, viewer) = (Begin(guarded), await guarded.AddAsync(CallerRole.Viewer));

        await using var none = await SocketClient.OpenAsync(guarded.Gateway.Http, session);
        await using var wrong = await SocketClient.OpenAsync(guarded.Gateway.Http, session, key: Guarded.Text());
        await using var reads = await SocketClient.OpenAsync(guarded.Gateway.Http, session, key: viewer);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden],
            new[] { none, wrong, reads }.Select(socket => socket.Socket.HttpStatusCode));
    }

    [Fact]
    public async Task A_stream_ends_when_its_key_is_revoked()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(CallerRole.Viewer, id: Id);
        guarded.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await using var listener = await Listener.OpenAsync(guarded.Gateway.Http, $"sessions/{Begin(guarded)}/events");
        Assert.NotNull(await listener.NextAsync());

        await guarded.Grains.Keys.RevokeAsync(Id, Ct);

        await Assert.ThrowsAnyAsync<IOException>(listener.RestAsync);
        using var again = await Listener.AskAsync(guarded.Gateway.Http, $"sessions/{guarded.Grains.Only()}/events");
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task A_key_counts_at_every_gateway_from_when_it_is_made_at_one_until_it_is_revoked_there()
    {
        await using var one = await Guarded.StartAsync();
        await using var other = await Guarded.StartAsync(one.Grains);
        var made = await one.AskAsync(HttpMethod.Post, "keys", Guarded.Bootstrap, """{"name": "till 7", "roles": ["viewer"]}""");
        var (key, id) = (made.Data.GetProperty("key").GetString()!, made.Data.GetProperty("id").GetString()); // Of a new key.
        other.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await using var listener = await Listener.OpenAsync(other.Gateway.Http, $"sessions/{Begin(one)}/events");
        Assert.NotNull(await listener.NextAsync());

        Assert.Equal(HttpStatusCode.OK, await one.StatusAsync(HttpMethod.Delete, $"keys/{id}", Guarded.Bootstrap));

        Assert.Equal(HttpStatusCode.Unauthorized, await one.StatusAsync(HttpMethod.Get, "sessions", key));
        await Assert.ThrowsAnyAsync<IOException>(listener.RestAsync);
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync(HttpMethod.Get, "sessions", key));
    }

    [Fact]
    public async Task A_wait_is_answered_that_its_key_counts_no_more()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(CallerRole.Viewer, id: Id);
        var session = Begin(guarded);
        TaskCompletionSource waits = new(TaskCreationOptions.RunContinuationsAsynchronously);
        guarded.Grains.Trouble = call =>
        {
            if (call is nameof(ISessionGrain.WaitAsync))
            {
                waits.TrySetResult();
            }

            return Task.CompletedTask;
        };
        var waiting = guarded.AskAsync(HttpMethod.Get, $"process-workflow/{session}?waitTimeSecond=600", key);
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Ct);

        await guarded.Grains.Keys.RevokeAsync(Id, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, (await waiting).StatusCode);
    }

    [Fact]
    public async Task While_the_cluster_is_away_nobody_knows_whether_a_key_counts()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync();
        guarded.Grains.Trouble = call => throw new TimeoutException(call);

        var unknown = await guarded.AskAsync(HttpMethod.Get, "sessions", key);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        Assert.NotNull(unknown.Response.Headers.RetryAfter);
        guarded.Grains.Trouble = null;
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "sessions", key));
    }

    private static string Begin(Guarded guarded)
    {
        var id = SessionIds.Create();
        guarded.Grains.Session(id).Begin();
        return id;
    }
}
