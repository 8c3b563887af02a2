using BlueEdge.Silo.Tests.Processes;
using BlueEdge.Webhooks.Tests.Outbound;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Names that lead to this machine, or that come to lead there: the address judged is the one connected to, for each connection anew.</summary>
public sealed class RefusedNameTests
{
    private const string Taken = "HTTP/1.1 204 None\r\nConnection: close\r\n\r\n";

    /// <summary>What the operator allows stands for a public address here: there is none that a test may call.</summary>
    private const string Public = "127.0.0.9";

    private readonly Names _names = new();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task A_name_of_this_machine_is_not_called_and_its_address_is_told_to_the_operator_alone(string address)
    {
        await using var server = Server.Answering(Taken, "0.0.0.0");
        await using var server6 = Server.Answering(Taken, "::1", server.Port);
        _names.Add("evil.example", address);
        await using var silo = await StartAsync();

        var session = await silo.Http.HelloAsync(Sessions.Webhook(server.At("evil.example").OriginalString));
        var webhook = Assert.Single(await silo.Http.WebhooksAsync(session, each => each.GetProperty("failed").GetInt32() == 4));
        var report = await silo.Http.TestAsync(server.At("evil.example").OriginalString);

        Assert.Equal((0, 0), (server.Connections, server6.Connections));
        foreach (var told in (string[])[webhook.ToString(), report.ToString()])
        {
            Assert.Contains("No address of 'evil.example' may be called", told.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain($"\"{address}", told, StringComparison.Ordinal);
        }

        Assert.Contains(silo.Log, line => line.Contains($"evil.example:{server.Port} (address: {address}), for session {session}", StringComparison.Ordinal));
        Assert.Contains("address", silo.Refusals);
    }

    [Fact]
    public async Task A_name_that_answers_differently_the_second_time_is_judged_the_second_time()
    {
        await using var server = Server.Answering(Taken, Public);
        await using var inside = Server.Answering(Taken, "127.0.0.2", server.Port);
        _names.Add("rebinding.example", Public).Add("rebinding.example", "127.0.0.2");
        await using var silo = await StartAsync();

        var session = await silo.Http.HelloAsync(Sessions.Webhook(server.At("rebinding.example").OriginalString));
        var webhook = Assert.Single(await silo.Http.WebhooksAsync(session, each => each.GetProperty("failed").GetInt32() + each.GetProperty("delivered").GetInt32() == 4));

        Assert.Equal((1, 3), (webhook.GetProperty("delivered").GetInt32(), webhook.GetProperty("failed").GetInt32()));
        Assert.Equal((1, 0), (server.Connections, inside.Connections));
        Assert.True(_names.Lookups >= 4, "Each connection was to be looked up.");
    }

    [Fact]
    public async Task Of_several_addresses_the_bad_ones_are_left_out()
    {
        await using var server = Server.Answering(Taken, Public);
        await using var inside = Server.Answering(Taken, "127.0.0.2", server.Port);
        _names.Add("mixed.example", "127.0.0.2", "10.0.0.1", "::1", Public);
        await using var silo = await StartAsync();

        var session = await silo.Http.HelloAsync(Sessions.Webhook(server.At("mixed.example").OriginalString));
        await silo.Http.WebhooksAsync(session, each => each.GetProperty("delivered").GetInt32() == 4);

        Assert.Equal((4, 0), (server.Connections, inside.Connections));
        Assert.Empty(silo.Refusals);
    }

    private Task<NamedSilo> StartAsync() =>
        NamedSilo.StartAsync(_names, ("Outbound:Allow", Public), ("Outbound:AllowHttp", "true"), ("Webhooks:Secret", Canaries.Secret), ("Webhooks:Retries", "00:00:00.1"));
}
