using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Channels;

/// <summary>What a spec says of channels that clients write or listen to, and where they find them.</summary>
public sealed class ExternalChannelTests(SiloHost host)
{
    private const string Live =
        """
        {
          "dataChannels": [
            {"name": "In", "type": "JSON", "external": "in", "record": true, "writerTimeoutSeconds": 5, "onWriterLost": "fail"},
            {"name": "a/b c", "type": "JSON", "interested": true, "external": "out"}, {"name": "channels", "type": "JSON", "interested": true}
          ],
          "engines": [
            {"id": "relay", "name": "one", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "a/b c"}, {"name": "Status", "linkTo": "channels"}]}
          ]
        }
        """;

    [Fact]
    public async Task What_a_workflow_says_of_them_is_passed_on()
    {
        await using var gateway = await StubGateway.StartAsync();

        await gateway.Http.SubmitAsync("process-workflow", Live);

        var channels = gateway.Grains.Session(gateway.Grains.Only()).Spec!.Channels; // Just submitted.
        Assert.Equal(
            new() { Name = "In", Type = default, External = ExternalDirection.In, Record = true, WriterTimeout = TimeSpan.FromSeconds(5), OnWriterLost = WriterLostPolicy.Fail },
            channels[0]);
        Assert.Equal(new() { Name = "a/b c", Type = default, Interested = true, External = ExternalDirection.Out }, channels[1]);
        Assert.Equal(new() { Name = "channels", Type = default, Interested = true }, channels[2]);
    }

    [Fact]
    public async Task What_a_single_engine_says_of_them_is_passed_on()
    {
        await using var gateway = await StubGateway.StartAsync();

        await gateway.Http.SubmitAsync(
            "process-single-engine",
            """{"engineId": "relay", "inputs": {"In": {"type": "JSON", "external": "in", "record": true, "onWriterLost": "end"}}, "outputs": {"Out": {"type": "JSON", "interested": true, "external": "out"}}}""");

        var channels = gateway.Grains.Session(gateway.Grains.Only()).Spec!.Channels; // Just submitted.
        Assert.Equal(new() { Name = "In", Type = default, External = ExternalDirection.In, Record = true, OnWriterLost = WriterLostPolicy.End }, channels[0]);
        Assert.Equal(new() { Name = "Out", Type = default, Interested = true, External = ExternalDirection.Out }, channels[1]);
    }

    [Fact]
    public async Task Every_answer_says_where_they_are()
    {
        await using var gateway = await StubGateway.StartAsync();
        var sent = await gateway.Http.SubmitAsync("process-workflow", Live);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"process-workflow/{sent.SessionId}", UriKind.Relative));
        request.Headers.Host = "localhost:81";
        using var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var read = await Answer.OfAsync(response);

        foreach (var (answer, origin) in new[] { (sent, gateway.Http.BaseAddress!.GetLeftPart(UriPartial.Authority)), (read, "http://localhost:81") })
        {
            var channels = answer.Data.GetProperty("channels");
            Assert.Equal(["In", "a/b c"], channels.EnumerateObject().Select(channel => channel.Name));
            Says(channels.GetProperty("In"), "in", $"{origin}/api/v1/sessions/{sent.SessionId}/channels/In/items");
            Says(channels.GetProperty("a/b c"), "out", $"{origin}/api/v1/sessions/{sent.SessionId}/channels/a%2Fb%20c/events");
            Assert.All(channels.EnumerateObject(), channel => Assert.Equal($"ws{origin[4..]}/api/v1/sessions/{sent.SessionId}/socket", channel.Value.GetProperty("socket").GetString()));
        }
    }

    [Fact]
    public async Task A_session_without_any_may_have_results_of_that_name()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Session("0123456789abcdef0123456789abcdef").Begin("channels");

        var answer = await gateway.Http.ReadAsync("process-workflow/0123456789abcdef0123456789abcdef");

        Assert.Equal(JsonValueKind.Array, answer.Data.GetProperty("channels").ValueKind);
    }

    [Fact]
    public async Task All_that_is_wrong_with_them_is_told_where_it_stands()
    {
        var answer = await host.Http.SubmitAsync(
            "process-workflow",
            """
            {
              "dataChannels": [
                {"name": "a", "type": "JSON", "external": "in", "writerTimeoutSeconds": 0},
                {"name": "b", "type": "JSON", "external": "in"},
                {"name": "c", "type": "JSON", "interested": true, "external": "out"},
                {"name": "d", "type": "JSON", "record": true, "writerTimeoutSeconds": 5, "onWriterLost": "end"},
                {"name": "e", "type": "JSON", "external": "sideways", "record": true},
                {"name": "f", "type": "JSON", "external": 1, "onWriterLost": "weep"}
              ],
              "engines": [
                {"id": "relay", "name": "x", "inputs": [{"name": "In", "linkTo": "a"}], "outputs": [{"name": "Out", "linkTo": "b"}]}
              ],
              "startData": [{"channelName": "a", "payload": 1}],
              "retry": {"attempts": 1}
            }
            """);

        answer.HasFaults(
            [
                ("/dataChannels/0/record", "required"),
                ("/dataChannels/0/writerTimeoutSeconds", "out-of-range"),
                ("/dataChannels/1/external", "channel-not-linked"),
                ("/dataChannels/1/record", "required"),
                ("/dataChannels/2/external", "channel-not-linked"),
                ("/dataChannels/3/onWriterLost", "not-external-input"),
                ("/dataChannels/3/record", "not-external-input"),
                ("/dataChannels/3/writerTimeoutSeconds", "not-external-input"),
                ("/dataChannels/4/external", "malformed"),
                ("/dataChannels/5/external", "malformed"),
                ("/dataChannels/5/onWriterLost", "malformed"),
                ("/engines/0/outputs/0/linkTo", "channel-has-writer"),
                ("/startData/0/channelName", "channel-has-writer"),
            ]);
    }

    [Fact]
    public async Task Those_of_a_single_engine_are_told_at_its_ports()
    {
        var answer = await host.Http.SubmitAsync(
            "process-single-engine",
            """
            {
              "engineId": "relay",
              "inputs": {"In": {"type": "JSON", "external": "in", "payload": 1, "writerTimeoutSeconds": 100000}},
              "outputs": {"Out": {"type": "JSON", "interested": true, "external": "out", "record": true}},
              "retry": {"attempts": 1}
            }
            """);

        answer.HasFaults(
            ("/inputs/In", "channel-has-writer"),
            ("/inputs/In/record", "required"),
            ("/inputs/In/writerTimeoutSeconds", "out-of-range"),
            ("/outputs/Out/record", "not-external-input"));
    }

    private static void Says(JsonElement channel, string direction, string url)
    {
        Assert.Equal("JSON", channel.GetProperty("type").GetString());
        Assert.Equal(direction, channel.GetProperty("direction").GetString());
        Assert.Equal(url, channel.GetProperty("url").GetString());
    }
}
