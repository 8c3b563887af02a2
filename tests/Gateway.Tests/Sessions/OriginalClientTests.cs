using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>A client written for the original's documentation, which knows nothing of ours: literal JSON, plain HTTP.</summary>
public sealed class OriginalClientTests(SiloHost host)
{
    private const string Relays =
        """
        {
          "dataChannels": [
            {"name": "Input", "type": "JSON", "interested": false},
            {"name": "Between", "type": "JSON", "interested": false},
            {"name": "FinalResults", "type": "JSON", "interested": true},
            {"name": "GlobalStatus", "type": "JSON", "interested": true}
          ],
          "engines": [
            {
              "id": "relay", "name": "First",
              "inputs": [{"name": "In", "type": "JSON", "linkTo": "Input"}],
              "outputs": [{"name": "Out", "type": "JSON", "linkTo": "Between"}, {"name": "Status", "type": "JSON", "linkTo": "GlobalStatus"}]
            },
            {
              "id": "relay", "name": "Second",
              "inputs": [{"name": "In", "type": "JSON", "linkTo": "Between"}],
              "outputs": [{"name": "Out", "type": "JSON", "linkTo": "FinalResults"}, {"name": "Status", "type": "JSON", "linkTo": "GlobalStatus"}]
            }
          ],
          "startData": [
            {"channelName": "Input", "payload": {"page": 1}},
            {"channelName": "Input", "payload": {"page": 2}}
          ],
          "webhooks": [],
          "rank": 0,
          "waitTimeSecond": 20
        }
        """;

    [Fact]
    public async Task A_workflow_is_sent_waited_for_and_read_back()
    {
        var sent = await PostAsync("process-workflow", Relays);

        Assert.Equal("success", sent.GetProperty("status").GetString());
        var data = sent.GetProperty("data");
        Assert.Equal("finished", data.GetProperty("process").GetProperty("status").GetString());
        Assert.Equal([1, 2], Pages(data.GetProperty("results").GetProperty("FinalResults")));
        Assert.Equal(JsonValueKind.Array, data.GetProperty("results").GetProperty("GlobalStatus").ValueKind);
        Assert.False(data.GetProperty("results").TryGetProperty("Input", out _));

        var id = data.GetProperty("sessionId").GetString();
        var read = await GetAsync($"process-workflow/{id}?channel=FinalResults");
        Assert.Equal([1, 2], Pages(read.GetProperty("data").GetProperty("results").GetProperty("FinalResults")));
        Assert.False(read.GetProperty("data").GetProperty("results").TryGetProperty("GlobalStatus", out _));
        Assert.Equal([1, 2], Pages(read.GetProperty("data").GetProperty("FinalResults")));
    }

    [Fact]
    public async Task A_single_engine_is_sent_and_asked_for_until_it_has_finished()
    {
        var sent = await PostAsync(
            "process-single-engine",
            """
            {
              "engineId": "hello",
              "inputs": {"Control": {"type": "JSON", "payload": {"name": "Ada"}}},
              "outputs": {"Result": {"type": "JSON", "interested": true}, "Status": {"type": "JSON", "interested": false}},
              "webhooks": [],
              "rank": 0,
              "waitTimeSecond": 0
            }
            """);
        var id = sent.GetProperty("data").GetProperty("sessionId").GetString();

        JsonElement read;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        do
        {
            Assert.False(patience.IsCancellationRequested, "The session did not finish.");
            read = (await GetAsync($"process-single-engine/{id}")).GetProperty("data");
        }
        while (read.GetProperty("process").GetProperty("status").GetString() is "pending" or "queuing" or "processing");

        Assert.Equal("finished", read.GetProperty("process").GetProperty("status").GetString());
        Assert.Equal("Hello, Ada!", read.GetProperty("results").GetProperty("Result")[0].GetProperty("greeting").GetString());
        Assert.Equal("Hello, Ada!", read.GetProperty("Result")[0].GetProperty("greeting").GetString());
        Assert.Equal(0, read.GetProperty("process").GetProperty("current_position").GetInt32());
        Assert.Equal(0, read.GetProperty("process").GetProperty("total_pending").GetInt32());
        Assert.Equal(0, read.GetProperty("process").GetProperty("total_queuing").GetInt32());
    }

    [Fact]
    public async Task A_running_session_is_stopped_and_answers_after_its_end()
    {
        var sent = await PostAsync(
            "process-single-engine",
            """{"engineId": "delay", "inputs": {"Control": {"type": "JSON", "payload": {"seconds": 60}}}, "outputs": {"Result": {"type": "JSON", "interested": true}}}""");
        var id = sent.GetProperty("data").GetProperty("sessionId").GetString();

        var stopped = await PostAsync($"process-single-engine/{id}/stop", "{}");

        Assert.Equal("canceled", stopped.GetProperty("data").GetProperty("process").GetProperty("status").GetString());
        Assert.Empty(stopped.GetProperty("data").GetProperty("results").GetProperty("Result").EnumerateArray());
    }

    private static List<int> Pages(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("page").GetInt32())];

    private async Task<JsonElement> PostAsync(string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return await ReadAsync(await host.Http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    private async Task<JsonElement> GetAsync(string path) =>
        await ReadAsync(await host.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
