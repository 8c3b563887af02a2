using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>Sessions of several engines.</summary>
internal static class Workflows
{
    private const string First = "c0";
    private const string Last = "Out";
    private const int LargeBytes = 100_000;
    private const int ByReferenceBytes = 1_300_000;

    /// <summary>Numbered items through some relays.</summary>
    public static PlannedSession Chain(SessionDraft draft)
    {
        ImmutableArray<string> items = [.. Enumerable.Range(0, draft.Random.Next(1, 60)).Select(draft.ItemJson)];
        return draft.Finish("chain", SessionDraft.Workflow, Relays(draft, draft.Random.Next(1, 5), items), new("finished") { Items = items });
    }

    /// <summary>Some relays that read one channel and write to one channel.</summary>
    public static PlannedSession Fan(SessionDraft draft)
    {
        ImmutableArray<string> items = [.. Enumerable.Range(0, draft.Random.Next(1, 20)).Select(draft.ItemJson)];
        var writers = draft.Random.Next(2, 4);
        var body = Workflow(
            Enumerable.Range(0, writers).Select(index => Node(draft, index, "relay", "In", First, "Out", Last)),
            [Channel(First), Channel(Last)],
            items);
        return draft.Finish("fan", SessionDraft.Workflow, body, new("finished") { Items = items, Order = ItemOrder.Mixed, Writers = writers });
    }

    /// <summary>Some items that take a while each, and a relay behind.</summary>
    public static PlannedSession DelayChain(SessionDraft draft)
    {
        ImmutableArray<string> items = [.. Enumerable.Range(0, draft.Random.Next(1, 8)).Select(index => Seconds((draft.Random.Next(1, 4) / 8.0) + (index / 1024.0)))];
        return draft.Finish("delay-chain", SessionDraft.Workflow, Delayed(draft, items), new("finished") { Items = items });
    }

    /// <summary>The same without an end, which is stopped in the middle.</summary>
    public static PlannedSession StopChain(SessionDraft draft) => draft.Finish(
        "stop-chain", SessionDraft.Workflow,
        Delayed(draft, [.. Enumerable.Range(0, 30).Select(_ => Seconds(120))]),
        new("canceled"),
        stopAfter: TimeSpan.FromSeconds(0.2 + (2 * draft.Random.NextDouble())));

    public static PlannedSession Large(SessionDraft draft)
    {
        ImmutableArray<string> items = [.. Enumerable.Range(0, 3).Select(index => draft.LargeItemJson(index, LargeBytes))];
        return draft.Finish("large", SessionDraft.Workflow, Relays(draft, 2, items), new("finished") { Items = [.. items.Select(Item.Of)] });
    }

    /// <summary>So large that it lies in the blob store.</summary>
    public static PlannedSession ByReference(SessionDraft draft)
    {
        ImmutableArray<string> items = [draft.LargeItemJson(0, ByReferenceBytes), draft.ItemJson(1)];
        return draft.Finish("by-reference", SessionDraft.Workflow, Relays(draft, 2, items), new("finished") { Items = [.. items.Select(Item.Of)] });
    }

    /// <summary>A channel that delivers the latest, to a reader that is slow.</summary>
    public static PlannedSession Latest(SessionDraft draft)
    {
        ImmutableArray<string> items = [.. Enumerable.Range(0, 20).Select(index => Seconds((64 + index) / 1024.0))];
        var between = Channel("c1");
        between["delivery"] = "latest";
        var body = Workflow(
            [Node(draft, 0, "relay", "In", First, "Out", "c1"), Node(draft, 1, "delay", "Control", "c1", "Result", Last)],
            [Channel(First), between, Channel(Last)],
            items);
        return draft.Finish("latest", SessionDraft.Workflow, body, new("finished") { Items = items, Order = ItemOrder.Latest });
    }

    private static JsonObject Relays(SessionDraft draft, int relays, ImmutableArray<string> items)
    {
        string[] channels = [.. Enumerable.Range(0, relays).Select(index => $"c{index}"), Last];
        return Workflow(
            Enumerable.Range(0, relays).Select(index => Node(draft, index, "relay", "In", channels[index], "Out", channels[index + 1])),
            channels.Select(Channel),
            items);
    }

    private static JsonObject Delayed(SessionDraft draft, ImmutableArray<string> items) => Workflow(
        [Node(draft, 0, "delay", "Control", First, "Result", "c1"), Node(draft, 1, "relay", "In", "c1", "Out", Last)],
        [Channel(First), Channel("c1"), Channel(Last)],
        items);

    private static JsonObject Workflow(IEnumerable<JsonObject> nodes, IEnumerable<JsonObject> channels, ImmutableArray<string> items) => new()
    {
        ["dataChannels"] = new JsonArray([.. channels]),
        ["engines"] = new JsonArray([.. nodes]),
        ["startData"] = new JsonArray([.. items.Select(item => new JsonObject { ["channelName"] = First, ["payload"] = JsonNode.Parse(item) })]),
    };

    private static JsonObject Channel(string name) => new() { ["name"] = name, ["type"] = "JSON", ["interested"] = name == Last };

    private static JsonObject Node(SessionDraft draft, int index, string engine, string input, string from, string output, string to) => new()
    {
        ["id"] = engine,
        ["name"] = draft.NodeName(index),
        ["inputs"] = new JsonArray(new JsonObject { ["name"] = input, ["linkTo"] = from }),
        ["outputs"] = new JsonArray(new JsonObject { ["name"] = output, ["linkTo"] = to }),
    };

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $$"""{"seconds":{{seconds}}}""");
}
