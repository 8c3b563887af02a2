using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>Sockets of a real session: what a client writes goes through an engine and comes back.</summary>
public sealed class SocketRelayTests(SiloHost host)
{
    private const string Relay =
        """
        {
          "dataChannels": [{"name": "In", "type": "JSON", "external": "in"}, {"name": "Out", "type": "JSON", "interested": true, "external": "out"}],
          "engines": [{"id": "relay", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "Out"}]}]
        }
        """;

    [Fact]
    public async Task What_is_written_is_relayed_and_heard_and_the_session_ends_with_its_channel()
    {
        var sent = await host.Http.SubmitAsync("process-workflow", Relay);
        await using var client = await SocketClient.OpenAsync(host.Http, sent.SessionId);
        await client.ListenToAsync(2, "Out");
        Assert.Equal("0", (await client.WriteToAsync(1, "In")).Text("nextSequence"));

        for (var number = 0; number < 200; number++)
        {
            await client.SendAsync(1, number, $"{number}", """{"key":"k"}""");
            var item = await client.NextAsync("item");
            Assert.Equal(($"1:{number}", $"{number}", """{"mediaType":"application/json","length":1,"key":"k"}"""), (item.Cursor, item.ContentText, item.Metadata.Replace($":{item.Content.Length},", ":1,", StringComparison.Ordinal)));
        }

        await client.SayAsync("""{"type":"end","channel":1}""");
        Assert.Equal("end", (await client.NextAsync("end")).Type);
        Assert.Equal("end", (await client.NextAsync("end")).Type);
        Assert.Equal(1000, (await client.NextAsync("close")).CloseCode);
        Assert.Equal("finished", client.Statuses[^1]);
    }

    [Fact]
    public async Task Who_was_cut_off_goes_on_where_it_was_and_what_it_sends_again_is_acknowledged_again()
    {
        var sent = await host.Http.SubmitAsync("process-workflow", Relay);
        await using (var first = await SocketClient.OpenAsync(host.Http, sent.SessionId))
        {
            await first.ListenToAsync(2, "Out");
            await first.WriteToAsync(1, "In", "till-7");
            await first.SendAsync(1, 0, "0");
            await first.SendAsync(1, 1, "1");
            Assert.Equal(["1:0", "1:1"], await first.TakeAsync(2, item => item.Cursor));
            first.Cut();
        }

        await using var client = await SocketClient.OpenAsync(host.Http, sent.SessionId);
        Assert.Equal("2", (await client.WriteToAsync(1, "In", "till-7")).Text("nextSequence"));
        await client.SendAsync(1, 1, "1");
        Assert.Equal("2", (await client.NextAsync("ack")).Text("nextSequence"));
        await client.SendAsync(1, 2, "2");
        Assert.Equal("3", (await client.NextAsync("ack")).Text("nextSequence"));
        await client.ListenToAsync(2, "Out", after: "1:0");

        Assert.Equal(["1:1 1", "1:2 2"], await client.TakeAsync(2, item => $"{item.Cursor} {item.ContentText}"));
        await client.SayAsync("""{"type":"end","channel":1}""");
        Assert.Equal(1, (await client.NextAsync("end")).Control.GetProperty("channel").GetInt32());
        Assert.Equal(2, (await client.NextAsync("end")).Control.GetProperty("channel").GetInt32());
        Assert.Equal(1000, (await client.NextAsync("close")).CloseCode);
        Assert.Equal(3, (await host.Http.ReadAsync($"process-workflow/{sent.SessionId}")).Data.GetProperty("results").GetProperty("Out").GetArrayLength());
    }
}
