using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sessions;

public sealed class SingleEngineTests
{
    [Fact]
    public async Task Ports_are_channels_and_an_input_gives_way_to_an_output_of_its_name()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine",
            """{"engineId":"echo","inputs":{"Data":{"type":"JSON","payload":[1]}},"outputs":{"Data":{"type":"json","interested":true}}}""");

        var spec = gateway.Grains.Session(answer.SessionId).Spec;
        Assert.NotNull(spec);
        Assert.Equal([("Data (input)", false), ("Data", true)], spec.Channels.Select(channel => (channel.Name, channel.Interested)));
        Assert.Equal("Data (input)", Assert.Single(spec.StartData).Channel);
        Assert.Equal("Data (input)", Assert.Single(spec.Nodes[0].Inputs).Channel);
        Assert.Equal("Data", Assert.Single(spec.Nodes[0].Outputs).Channel);
        Assert.Equal("""{"Data":[]}""", answer.Data.GetProperty("results").GetRawText());
    }

    [Theory]
    [InlineData("""["Result"]""", "Result")]
    [InlineData("""[]""", "")]
    [InlineData("null", "Status")]
    [InlineData("""["Status","Result"]""", "Result,Status")]
    public async Task Result_channels_say_which_outputs_are_kept(string resultChannels, string kept)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine",
            """{"engineId":"hello","inputs":{"Control":{"type":"JSON"}},"outputs":{"Result":{"type":"JSON"},"Status":{"type":"JSON","interested":true}},"resultChannels":"""
            + resultChannels + "}");

        Assert.Equal(kept, string.Join(',', answer.Data.GetProperty("results").EnumerateObject().Select(channel => channel.Name)));
    }

    [Fact]
    public async Task Every_fault_is_told_where_the_caller_wrote_it()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine",
            """
            {
              "engineId": "hello",
              "inputs": {"Control": {"type": "Noise", "payload": 1}, "": {"type": "JSON"}, "Control": {"type": "JSON"}, "A": {"type": "Image", "payload": "?"}},
              "outputs": {"Result": {"interested": 1}, "B": 5},
              "resultChannels": ["Result", "None", 4],
              "rank": 5000000000
            }
            """);

        answer.HasFaults(
            ("/inputs/Control/type", "malformed"),
            ("/inputs/Control", "duplicate-port"),
            ("/inputs/", "required"),
            ("/inputs/A", "unknown-port"),
            ("/inputs/A/payload", "type-mismatch"),
            ("/outputs/Result/type", "required"),
            ("/outputs/Result/interested", "malformed"),
            ("/outputs/B", "malformed"),
            ("/resultChannels/1", "unknown-channel"),
            ("/resultChannels/2", "malformed"),
            ("/rank", "out-of-range"));
    }

    [Fact]
    public async Task A_payload_of_null_is_a_payload_and_one_left_out_is_none()
    {
        await using var gateway = await StubGateway.StartAsync();

        var given = await gateway.Http.SubmitAsync("process-single-engine", """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":null}}}""");
        var none = await gateway.Http.SubmitAsync("process-single-engine", """{"engineId":"hello","inputs":{"Control":{"type":"JSON"}}}""");

        Assert.Equal("null"u8, Assert.Single(gateway.Grains.Session(given.SessionId).Spec!.StartData).Payload.Bytes.Span);
        Assert.Empty(gateway.Grains.Session(none.SessionId).Spec!.StartData);
    }
}
