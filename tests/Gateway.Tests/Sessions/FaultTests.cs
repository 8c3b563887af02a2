using System.Net;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>Bodies with faults, sent to the real host.</summary>
public sealed class FaultTests(SiloHost host)
{
    [Fact]
    public async Task A_workflow_with_every_kind_of_fault_is_told_all_of_them()
    {
        var answer = await host.Http.SubmitAsync(
            "process-workflow",
            """
            {
              "dataChannels": [
                {"name": "a", "type": "JSON"}, {"name": "a", "type": "JSON"}, {"name": "p", "type": "image"},
                {"name": "b", "type": "JSON"}, {"name": "", "type": "JSON"}, {"name": "ring", "type": "JSON"}
              ],
              "engines": [
                {"id": "relay", "name": "x", "inputs": [{"name": "In", "type": "JSON", "linkTo": "ring"}], "outputs": [{"name": "Out", "type": "JSON", "linkTo": "b"}]},
                {"id": "relay", "name": "x", "inputs": [{"name": "In", "linkTo": "b"}], "outputs": [{"name": "Out", "linkTo": "ring"}, {"name": "Out", "linkTo": "ring"}]},
                {"id": "nobody", "name": "n"},
                {"id": "relay", "name": "y", "inputs": [], "outputs": [{"name": "Nose", "linkTo": "a"}, {"name": "Out", "linkTo": "nowhere"}]},
                {"id": "relay", "name": "z", "inputs": [{"name": "In", "type": "Image", "linkTo": "p"}]},
                {"id": "relay", "name": "s", "inputs": [{"name": "In", "linkTo": "a"}], "outputs": [{"name": "Out", "linkTo": "a"}]}
              ],
              "startData": [{"channelName": "nope", "payload": 1}, {"channelName": "b", "payload": 2}],
              "webhooks": [{"statusTypes": ["finish"], "callbackUrl": "ftp://a", "resultChan": "b"}, {"statusTypes": [], "callbackUrl": "https://example.org", "resultChan": "q"}],
              "waitTimeSecond": -1,
              "retry": {"attempts": 101, "backoffSeconds": -0.5}
            }
            """);

        answer.HasFaults(
            [
                ("/dataChannels/1/name", "duplicate-name"),
                ("/dataChannels/4/name", "required"),
                ("/engines/1/outputs/0/linkTo", "cycle"),
                ("/engines/1/outputs/1/linkTo", "cycle"),
                ("/engines/1/name", "duplicate-name"),
                ("/engines/1/outputs/1/name", "duplicate-port"),
                ("/engines/2/id", "unknown-engine"),
                ("/engines/3/inputs", "required-input-not-linked"),
                ("/engines/3/outputs/0/name", "unknown-port"),
                ("/engines/3/outputs/1/linkTo", "unknown-channel"),
                ("/engines/4/inputs/0/linkTo", "type-mismatch"),
                ("/engines/4/inputs/0/type", "type-mismatch"),
                ("/engines/5/inputs/0/linkTo", "self-link"),
                ("/retry/attempts", "out-of-range"),
                ("/retry/backoffSeconds", "out-of-range"),
                ("/startData/0/channelName", "unknown-channel"),
                ("/startData/1/channelName", "channel-has-writer"),
                ("/waitTimeSecond", "out-of-range"),
                ("/webhooks/0/callbackUrl", "malformed"),
                ("/webhooks/0/resultChan", "channel-not-interested"),
                ("/webhooks/1/resultChan", "unknown-channel"),
                ("/webhooks/1/statusTypes", "required"),
            ]);
    }

    [Fact]
    public async Task A_single_engine_is_told_its_faults_where_it_wrote_them()
    {
        var answer = await host.Http.SubmitAsync(
            "process-single-engine",
            """
            {
              "engineId": "relay",
              "inputs": {"Nose/~": {"type": "JSON", "payload": 1}},
              "outputs": {"Out": {"type": "Image"}, "Mouth": {"type": "JSON"}},
              "webhooks": [{"statusTypes": ["finish"], "callbackUrl": "https://example.org", "resultChan": "Out"}]
            }
            """);

        answer.HasFaults(
            [
                ("/inputs", "required-input-not-linked"),
                ("/inputs/Nose~1~0", "unknown-port"),
                ("/outputs/Mouth", "unknown-port"),
                ("/outputs/Out/type", "type-mismatch"),
                ("/webhooks/0/resultChan", "channel-not-interested"),
            ]);
    }

    [Fact]
    public async Task Nothing_is_created_where_there_are_faults()
    {
        var key = Guid.NewGuid().ToString();
        var id = BlueEdge.Sessions.SessionIds.FromIdempotencyKey($"process-single-engine\n{key}");

        await host.Http.SubmitAsync("process-single-engine", """{"engineId":"relay"}""", key);

        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.ReadAsync($"process-single-engine/{id}")).StatusCode);
    }

    [Fact]
    public async Task Faults_of_form_and_of_sense_come_in_one_answer_and_none_is_told_twice()
    {
        var answer = await host.Http.SubmitAsync(
            "process-workflow",
            """
            {
              "dataChannels": [{"name": 5, "type": "JSON"}, {"name": "a", "type": "Sound"}, {"name": "b"}, 7],
              "engines": [
                {"id": ["relay"], "name": "one", "inputs": [{"name": "In", "linkTo": "a"}]},
                {"id": "relay", "name": "two", "inputs": {"In": "a"}},
                {"id": "relay", "name": "three", "inputs": [3]},
                {"id": "nobody", "name": "two", "outputs": [{"name": "Out", "linkTo": "unread"}]},
                "four"
              ],
              "startData": [{"channelName": "a", "payload": 1}, {"channelName": "b"}, {"payload": null}],
              "webhooks": [{"callbackUrl": 1, "callbackHeader": {"a": 1}}],
              "rank": 1.5,
              "waitTimeSecond": "soon",
              "retry": {}
            }
            """);

        answer.HasFaults(
            [
                ("/dataChannels/0/name", "malformed"),
                ("/dataChannels/1/type", "malformed"),
                ("/dataChannels/2/type", "required"),
                ("/dataChannels/3", "malformed"),
                ("/engines/0/id", "malformed"),
                ("/engines/1/inputs", "malformed"),
                ("/engines/2/inputs/0", "malformed"),
                ("/engines/3/id", "unknown-engine"),
                ("/engines/3/name", "duplicate-name"),
                ("/engines/4", "malformed"),
                ("/rank", "malformed"),
                ("/retry/attempts", "required"),
                ("/startData/1/payload", "required"),
                ("/startData/2/channelName", "required"),
                ("/waitTimeSecond", "malformed"),
                ("/webhooks/0/callbackHeader/a", "malformed"),
                ("/webhooks/0/callbackUrl", "malformed"),
                ("/webhooks/0/statusTypes", "required"),
            ]);
    }
}
