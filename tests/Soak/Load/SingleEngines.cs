using System.Globalization;
using System.Text.Json.Nodes;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>Sessions of one engine.</summary>
internal static class SingleEngines
{
    /// <summary>So long that no stop comes too late.</summary>
    private const int Endless = 3_600;

    public static PlannedSession Hello(SessionDraft draft) => draft.Finish(
        "hello", SessionDraft.SingleEngine,
        Body("hello", "Control", new JsonObject { ["name"] = draft.NodeName(0) }, "Result"),
        new("finished") { Items = [$$"""{"greeting":"Hello, {{draft.NodeName(0)}}!"}"""] });

    public static PlannedSession Relay(SessionDraft draft) => draft.Finish(
        "relay", SessionDraft.SingleEngine,
        Body("relay", "In", JsonNode.Parse(draft.ItemJson(0)), "Out"),
        new("finished") { Items = [draft.ItemJson(0)] });

    public static PlannedSession Delay(SessionDraft draft)
    {
        var seconds = draft.Random.Next(1, 16) / 8.0;
        return draft.Finish(
            "delay", SessionDraft.SingleEngine,
            Body("delay", "Control", new JsonObject { ["seconds"] = seconds }, "Result"),
            new("finished") { Items = [string.Create(CultureInfo.InvariantCulture, $$"""{"seconds":{{seconds}}}""")] });
    }

    public static PlannedSession Fail(SessionDraft draft) => draft.Finish(
        "fail", SessionDraft.SingleEngine,
        Body("fail", "Control", new JsonObject { ["message"] = $"told to fail: {draft.NodeName(0)}" }, null),
        new("failed") { Reason = $"told to fail: {draft.NodeName(0)}" },
        retries: draft.Random.Next(3));

    public static PlannedSession Stop(SessionDraft draft) => draft.Finish(
        "stop", SessionDraft.SingleEngine,
        Body("delay", "Control", new JsonObject { ["seconds"] = Endless }, "Result"),
        new("canceled"),
        stopAfter: TimeSpan.FromSeconds(0.2 + (2 * draft.Random.NextDouble())));

    private static JsonObject Body(string engine, string input, JsonNode? payload, string? output)
    {
        var body = new JsonObject
        {
            ["engineId"] = engine,
            ["inputs"] = new JsonObject { [input] = new JsonObject { ["type"] = "JSON", ["payload"] = payload } },
        };
        if (output is not null)
        {
            body["outputs"] = new JsonObject { [output] = new JsonObject { ["type"] = "JSON", ["interested"] = true } };
        }

        return body;
    }
}
