using System.Text.Json;
using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Sessions;

/// <summary>What -i feeds in.</summary>
public sealed class InputTests(EmbeddedProcess server)
{
    private const string Pictures = """{"dataChannels":[{"name":"Picture","type":"Image"},{"name":"Seen","type":"JSON"}],"engines":[{"id":"x"}],"startData":[{"channelName":"Seen","payload":1}]}""";

    [Theory]
    [InlineData("""{"name":"Bob"}""", "Hello, Bob!")]
    [InlineData("@FILE", "Hello, Eve!")]
    public async Task An_input_takes_the_place_of_the_files(string value, string greeting)
    {
        value = value.Replace("FILE", server.File("""{"name":"Eve"}"""), StringComparison.Ordinal);

        var run = (await server.RunAsync("run", server.File(Bodies.Hello), "-i", $"Control={value}", "--wait", "-o", "json")).Ended(0);

        Assert.Equal(greeting, run.Json.GetProperty("results").GetProperty("Result")[0].GetProperty("greeting").GetString());
    }

    [Fact]
    public async Task An_input_that_the_file_lacks_is_added()
    {
        var run = (await server.RunAsync(
            "run", server.File("""{"engineId":"hello","outputs":{"Result":{"type":"JSON","interested":true}}}"""), "-i", """Control={"name":"Bob"}""", "--wait", "-o", "jsonl")).Ended(0);

        Assert.Contains("Hello, Bob!", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_is_fed_with_each_in_order_instead_of_the_files()
    {
        var file = server.File(Bodies.Relay("""[{"channelName": "In", "payload": "of the file"}]"""));

        var run = (await server.RunAsync("run", file, "-i", "In=1", "-i", "In=two words", "-i", "In=[3]", "--wait", "-o", "json")).Ended(0);

        Assert.Equal("[1,\"two words\",[3]]", Compact(run.Json.GetProperty("results").GetProperty("Out")));
    }

    [Fact]
    public async Task Stdin_can_be_the_file()
    {
        var run = (await ToolProcess.RunAsync(["run", "-", "--wait", "--server", server.Address, "-o", "jsonl"], input: Bodies.Hello)).Ended(0);

        Assert.Contains("Hello, Ada!", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("In", "names nothing")]
    [InlineData("=1", "names nothing")]
    [InlineData("Nose=1", "has no channel 'Nose'; it has: In, Out")]
    [InlineData("In=@nowhere.json", "nowhere.json cannot be read")]
    public async Task What_cannot_be_fed_is_told(string input, string said)
    {
        var run = (await server.RunAsync("run", server.File(Bodies.Relay()), "-i", input)).Ended(2);

        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_goes_with_its_media_type_and_a_large_one_as_an_upload()
    {
        List<JsonElement> sent = [];
        await using var stub = await StubServer.StartAsync(async http =>
        {
            if (http.Request.Path.Value is "/api/v1/blobs")
            {
                await StubServer.WriteAsync(http, 201, $$"""{"blob":"blob-{{http.Request.ContentLength}}-{{http.Request.ContentType}}"}""");
                return;
            }

            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            sent.Add(body.RootElement.Clone());
            await StubServer.WriteAsync(http, 200, """{"sessionId":"s"}""");
        });
        var small = Path.Combine(server.Folder, "small.png");
        await File.WriteAllBytesAsync(small, [1, 2, 3], TestContext.Current.CancellationToken);
        var large = Path.Combine(server.Folder, "large.jpg");
        await File.WriteAllBytesAsync(large, new byte[2_000_000], TestContext.Current.CancellationToken);

        (await ToolProcess.RunAsync(["run", server.File(Pictures), "-i", $"Picture=@{small}", "-i", $"Picture=@{large}", "--server", stub.Address])).Ended(0);

        Assert.Equal(
            """[{"channelName":"Seen","payload":1},{"channelName":"Picture","payload":{"mediaType":"image/png","data":"AQID"}},{"channelName":"Picture","payload":{"blob":"blob-2000000-image/jpeg"}}]""",
            Compact(Assert.Single(sent).GetProperty("startData")));
    }

    [Fact]
    public async Task A_picture_is_a_file()
    {
        var run = (await server.RunAsync("run", server.File(Pictures), "-i", "Picture=red")).Ended(2);

        Assert.Contains("'Picture' is of the type Image: give it a file", run.Error, StringComparison.Ordinal);
    }

    private static string Compact(JsonElement value) => JsonSerializer.Serialize(value);
}
