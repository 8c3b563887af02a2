using System.Net;
using System.Net.Sockets;
using BlueEdge.Outbound;
using BlueEdge.Outbound.Http;

namespace BlueEdge.Webhooks.Tests.Outbound;

public sealed class OutboundAddressTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private const string OkAndClosed = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::127.0.0.1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[::ffff:0:127.0.0.1]")]
    [InlineData("[64:ff9b::127.0.0.1]")]
    [InlineData("[64:ff9b:1::127.0.0.1]")]
    [InlineData("[2002:7f00:1::]")]
    [InlineData("[fe80::1%25lo]")]
    [InlineData("[::1%25lo]")]
    [InlineData("１２７.０.０.１")]
    [InlineData("127。0。0。1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("a.localhost")]
    public async Task Loopback_is_not_reached_however_it_is_written(string host)
    {
        await using var server = Server.Answering(Ok, "0.0.0.0");
        await using var server6 = Server.Answering(Ok, "::1", server.Port);
        using var harness = OutboundHarness.Allowing("", (nameof(OutboundOptions.AllowHttp), "true"));

        var result = await harness.PostAsync(server.At(host));

        Assert.Equal(OutboundReason.Address, Assert.IsType<OutboundRefused>(result).Refusal.Reason);
        Assert.Equal((0, 0), (server.Connections, server6.Connections));
        Assert.Equal(["address"], harness.Refusals);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task A_name_of_it_is_not_either(string address)
    {
        await using var server = Server.Answering(Ok, "0.0.0.0");
        await using var server6 = Server.Answering(Ok, "::1", server.Port);
        using var harness = OutboundHarness.Allowing("", (nameof(OutboundOptions.AllowHttp), "true"));
        harness.Names.Add("evil.example", address);

        var result = await harness.PostAsync(server.At("evil.example"));

        var refusal = Assert.IsType<OutboundRefused>(result).Refusal;
        Assert.Equal(OutboundReason.Address, refusal.Reason);
        Assert.DoesNotContain(address, refusal.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0), (server.Connections, server6.Connections));
        Assert.Equal(["address"], harness.Refusals);
        var line = Assert.Single(harness.Log);
        Assert.Contains("the-session", line, StringComparison.Ordinal);
        Assert.Contains(address, line, StringComparison.Ordinal);
        Assert.Contains("evil.example", line, StringComparison.Ordinal);
        Assert.DoesNotContain("/hook", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_is_judged_at_each_connection()
    {
        await using var server = Server.Answering(OkAndClosed);
        await using var inside = Server.Answering(Ok, "127.0.0.2", server.Port);
        using var harness = OutboundHarness.Allowing("127.0.0.1");
        harness.Names.Add("rebinding.example", "127.0.0.1").Add("rebinding.example", "127.0.0.2");

        var first = await harness.PostAsync(server.At("rebinding.example"));
        var second = await harness.PostAsync(server.At("rebinding.example"));

        Assert.IsType<OutboundAnswer>(first);
        Assert.IsType<OutboundRefused>(second);
        Assert.Equal((1, 0, 2), (server.Connections, inside.Connections, harness.Names.Lookups));
    }

    [Theory]
    [InlineData("00:01:00", 1)]
    [InlineData("00:00:00", 2)]
    public async Task A_connection_is_used_for_its_lifetime_and_no_longer(string lifetime, int lookups)
    {
        await using var server = Server.Answering(Ok);
        using var harness = OutboundHarness.Allowing(settings: (nameof(OutboundOptions.ConnectionLifetime), lifetime));
        harness.Names.Add("hooks.example", "127.0.0.1");

        await harness.PostAsync(server.At("hooks.example"));
        await harness.PostAsync(server.At("hooks.example"));

        Assert.Equal((lookups, lookups), (server.Connections, harness.Names.Lookups));
    }

    [Fact]
    public async Task Of_several_addresses_only_good_ones_are_used()
    {
        await using var good = Server.Answering(Ok);
        await using var bad = Server.Answering(Ok, "127.0.0.2", good.Port);
        using var harness = OutboundHarness.Allowing("127.0.0.1");
        harness.Names.Add("mixed.example", "127.0.0.2", "10.0.0.1", "127.0.0.1");

        var result = await harness.PostAsync(good.At("mixed.example"));

        Assert.IsType<OutboundAnswer>(result);
        Assert.Equal((1, 0), (good.Connections, bad.Connections));
        Assert.Empty(harness.Refusals);
    }

    [Fact]
    public async Task A_good_address_that_does_not_accept_is_followed_by_the_next()
    {
        await using var server = Server.Answering(Ok, "127.0.0.4");
        using var harness = OutboundHarness.Allowing();
        harness.Names.Add("hooks.example", "127.0.0.2", "127.0.0.3", "127.0.0.4");

        Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("hooks.example")));
    }

    [Fact]
    public async Task So_is_one_that_says_nothing()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0));
        silent.Listen(0);
        using var only = new TcpClient();
        await only.ConnectAsync((IPEndPoint)silent.LocalEndPoint!, TestContext.Current.CancellationToken); // Bound: now there is no room.
        await using var server = Server.Answering(Ok, port: ((IPEndPoint)silent.LocalEndPoint!).Port);
        var clock = new WatchedClock();
        using var harness = OutboundHarness.On(clock);
        harness.Names.Add("hooks.example", "127.0.0.2", "127.0.0.1");

        var sending = harness.PostAsync(server.At("hooks.example"));
        await clock.TimersAsync(2); // Of the call and of the address.
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.IsType<OutboundAnswer>(await sending);
    }

    [Fact]
    public async Task No_more_than_four_are_tried()
    {
        await using var server = Server.Answering(Ok, "127.0.0.6");
        using var harness = OutboundHarness.Allowing();
        harness.Names.Add("many.example", "127.0.0.2", "127.0.0.3", "127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.6");

        var result = await harness.PostAsync(server.At("many.example"));

        Assert.Equal(OutboundFailureKind.Connection, Assert.IsType<OutboundFailure>(result).Kind);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task An_IPv6_address_that_is_allowed_is_called()
    {
        await using var server = Server.Answering(Ok, "::1");
        using var harness = OutboundHarness.Allowing("::1");

        Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("[::1]")));
    }

    [Fact]
    public async Task A_host_that_is_allowed_is_called_wherever_it_is()
    {
        await using var server = Server.Answering(Ok);
        using var harness = OutboundHarness.Allowing("hooks.internal; *.edge.local");
        harness.Names.Add("hooks.internal", "127.0.0.1").Add("a.edge.local", "127.0.0.1").Add("edge.local", "127.0.0.1");

        Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("hooks.internal")));
        Assert.IsType<OutboundAnswer>(await harness.PostAsync(server.At("a.edge.local")));
        Assert.IsType<OutboundRefused>(await harness.PostAsync(server.At("edge.local")));
    }

    [Fact]
    public async Task A_public_address_is_not_called_by_plain_http()
    {
        using var harness = OutboundHarness.Allowing();
        harness.Names.Add("public.example", "192.0.1.1"); // Were it called, the test would wait for it.

        var result = await harness.PostAsync(new("http://public.example/"));

        Assert.Equal(OutboundReason.PlainHttp, Assert.IsType<OutboundRefused>(result).Refusal.Reason);
        Assert.Equal(["plain-http"], harness.Refusals);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_a_failure()
    {
        using var harness = OutboundHarness.Allowing();

        var result = await harness.PostAsync(new("https://nobody.example/"));

        Assert.Equal(OutboundFailureKind.Name, Assert.IsType<OutboundFailure>(result).Kind);
    }

    [Fact]
    public async Task So_is_one_that_has_no_address()
    {
        using var harness = OutboundHarness.Allowing();
        harness.Names.Add("empty.example");

        Assert.Equal(OutboundFailureKind.Name, Assert.IsType<OutboundFailure>(await harness.PostAsync(new("https://empty.example/"))).Kind);
    }

    [Fact]
    public async Task The_machines_own_names_are_looked_up_too()
    {
        Assert.Contains(IPAddress.Loopback, await new SystemNameResolver().ResolveAsync("localhost", TestContext.Current.CancellationToken));
    }
}
