using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Webhooks;

public sealed class WebhooksTests(EmbeddedProcess server)
{
    /// <summary>A private address: refused at once, and tried again after five seconds.</summary>
    private const string Body = """
        {"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},
         "webhooks":[{"statusTypes":["sessionStatusChanged"],"callbackUrl":"https://10.1.2.3/hook?token=secret"}]}
        """;

    [Fact]
    public async Task What_became_of_each_event_is_listed()
    {
        var id = await server.SubmitAsync(Body);
        (await server.RunAsync("watch", id)).Ended(0);

        var table = (await server.RunAsync("webhooks", id)).Ended(0);
        var json = (await server.RunAsync("webhooks", id, "-o", "json")).Ended(0).Json;

        Assert.StartsWith("https://10.1.2.3/hook: 0 delivered, 0 failed, 0 dropped", table.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("DELIVERY", table.Lines[1], StringComparison.Ordinal);
        Assert.Contains(table.Lines, line => line.StartsWith(id, StringComparison.Ordinal) && line.Contains("sessionStatusChanged", StringComparison.Ordinal) && line.Contains("waiting", StringComparison.Ordinal));
        Assert.DoesNotContain("secret", table.Out, StringComparison.Ordinal);
        Assert.Equal("https://10.1.2.3/hook", Assert.Single(json.EnumerateArray()).GetProperty("callbackUrl").GetString());
    }

    [Fact]
    public async Task An_event_that_is_sent_again_and_does_not_arrive_says_why()
    {
        var id = await server.SubmitAsync(Body);
        (await server.RunAsync("watch", id)).Ended(0);
        var delivery = (await server.RunAsync("webhooks", id, "-o", "json")).Ended(0).Json[0].GetProperty("deliveries")[0].GetProperty("id").GetString() ?? "";

        var sent = (await server.RunAsync("webhooks", id, "--redeliver", delivery, "-o", "json")).Ended(1);

        Assert.Equal(delivery, sent.Json.GetProperty("id").GetString());
        Assert.Contains("It did not arrive: 10.1.2.3 is ", sent.Error, StringComparison.Ordinal);
        (await server.RunAsync("webhooks", id, "--redeliver", $"{delivery}0")).Ended(4);
        (await server.RunAsync("webhooks", "00000000000000000000000000000000")).Ended(4);
    }

    [Fact]
    public async Task What_a_stranger_answers_does_nothing_to_a_terminal()
    {
        await using var stub = await StubServer.StartAsync(http => StubServer.WriteAsync(http, 200, http.Request.Method == "GET"
            ? """{"sessionId":"a","webhooks":[{"callbackUrl":"https://a","disabled":true,"deliveries":[{"id":"a-1-0-1","type":"finish\u0007","status":"failed","attempts":10,"lastAttempt":{"error":"The receiver answered 500.","answer":"[red]\u001b[2J\r\n\u202edone"}}]}]}"""
            : """{"sessionId":"a","delivery":{"id":"a-1-0-1","type":"finish","status":"delivered","attempts":11,"lastAttempt":{"statusCode":204,"answer":""}}}"""));

        var list = (await ToolProcess.RunAsync(["webhooks", "a", "--server", stub.Address])).Ended(0);
        var sent = (await ToolProcess.RunAsync(["webhooks", "a", "--redeliver", "a-1-0-1", "--server", stub.Address])).Ended(0);

        Assert.Contains("it wants no more", list.Lines[0], StringComparison.Ordinal);
        Assert.Contains("The receiver answered 500. [red] [2J", list.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(list.Out, character => character is '\u001b' or '\u0007' or '\u202e');
        Assert.Contains("delivered", sent.Out, StringComparison.Ordinal);
        Assert.Equal(["GET /api/v1/sessions/a/webhooks", "POST /api/v1/sessions/a/webhooks/a-1-0-1/redeliver"], stub.Asked);
    }
}
