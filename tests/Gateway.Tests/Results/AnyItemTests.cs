using System.Net;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Results;

/// <summary>Items as engines may write them: of any depth, any media type, any bytes.</summary>
public sealed class AnyItemTests
{
    private static readonly string Id = SessionIds.Create();

    private static readonly Dictionary<string, Payload> Items = new(StringComparer.Ordinal)
    {
        ["deep"] = Payload.Json(Encoding.UTF8.GetBytes($"{new string('[', 5_000)}{new string(']', 5_000)}")),
        ["no JSON"] = Payload.Json("{\"a\":"u8.ToArray()),
        ["two values"] = Payload.Json("1 2"u8.ToArray()),
        ["no UTF-8"] = Payload.Json(new byte[] { (byte)'"', 0xFF, (byte)'"' }),
        ["nothing"] = Payload.Json(default),
        ["a media type that is not ASCII"] = Payload.Inline(ChannelType.File, "text/plain; name=\"é\r\n😀\"", "x"u8.ToArray()),
        ["a long media type"] = Payload.Inline(ChannelType.File, $"text/{new string('x', 1_000_000)}", "x"u8.ToArray()),
        ["half a surrogate pair"] = Payload.Inline(ChannelType.File, "text/\ud800", "x"u8.ToArray()),
        ["an empty media type"] = Payload.Inline(ChannelType.File, "", "x"u8.ToArray()),
    };

    public static TheoryData<string> Kinds => [.. Items.Keys];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Any_item_can_be_read_in_an_answer_and_by_itself(string kind)
    {
        await using var gateway = await StubGateway.StartAsync();
        Begin(gateway).Write("Out", Items[kind], Payload.Json("2"u8.ToArray()));

        var text = await gateway.Http.GetStringAsync(new Uri($"process-workflow/{Id}", UriKind.Relative), Ct);
        var alone = await gateway.Http.GetAsync(new Uri($"process-workflow/{Id}/results/Out/0", UriKind.Relative), Ct);

        using var answer = JsonDocument.Parse(text, new() { MaxDepth = 10_000 });
        Assert.Equal(2, answer.RootElement.GetProperty("data").GetProperty("results").GetProperty("Out").GetArrayLength());
        Assert.Equal(HttpStatusCode.OK, alone.StatusCode);
        Assert.Equal(Items[kind].Bytes.ToArray(), await alone.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Any_dead_letter_is_shown_whole(string kind)
    {
        await using var gateway = await StubGateway.StartAsync();
        Begin(gateway).DeadLetters = [new() { Node = "n", Epoch = 1, Channel = "c", Producer = "", Sequence = 0, Payload = Items[kind], Error = "half \ud800 a pair" }];

        var text = await gateway.Http.GetStringAsync(new Uri($"sessions/{Id}/dead-letters", UriKind.Relative), Ct);

        using var answer = JsonDocument.Parse(text, new() { MaxDepth = 10_000 });
        var letter = answer.RootElement.GetProperty("data").GetProperty("deadLetters")[0];
        var shown = letter.TryGetProperty("json", out var json) ? Encoding.UTF8.GetBytes(json.GetRawText()) : letter.GetProperty("data").GetBytesFromBase64();
        Assert.Equal(Items[kind].Bytes.ToArray(), shown);
    }

    [Theory]
    [InlineData("image/é")]
    [InlineData("image/png\\r\\nX: y")]
    [InlineData("LONG")]
    public async Task A_media_type_that_no_header_can_hold_is_a_fault(string mediaType)
    {
        await using var gateway = await StubGateway.StartAsync();
        mediaType = mediaType.Replace("LONG", $"image/{new string('x', 1_000_000)}", StringComparison.Ordinal);

        (await gateway.Http.SubmitAsync("process-single-engine", """{"engineId":"look","inputs":{"Picture":{"type":"Image","payload":{"mediaType":"TYPE","data":"AAAA"}}}}""".Replace("TYPE", mediaType, StringComparison.Ordinal)))
            .HasFaults(("/inputs/Picture/payload", "type-mismatch"));
    }

    private static FakeSession Begin(StubGateway gateway)
    {
        var session = gateway.Grains.Session(Id);
        session.Begin("Out");
        session.Move(SessionStatus.Finished, "half \ud800 a pair");
        return session;
    }
}
