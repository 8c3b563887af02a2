using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Short words for specs: channels appear as they are named, those called <c>result…</c> are interested.</summary>
internal static class Specs
{
    public static NodeSpec Node(string name, string engine, (string Port, string Channel)[] inputs, params (string Port, string Channel)[] outputs) => new()
    {
        Name = name,
        Engine = engine,
        Inputs = [.. inputs.Select(link => new PortLinkSpec { Port = link.Port, Channel = link.Channel })],
        Outputs = [.. outputs.Select(link => new PortLinkSpec { Port = link.Port, Channel = link.Channel })],
    };

    public static SessionSpec Session(NodeSpec[] nodes, params (string Channel, object Value)[] startData)
    {
        var channels = nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).Select(link => link.Channel)
            .Concat(startData.Select(data => data.Channel))
            .Distinct();
        return new()
        {
            Channels = [.. channels.Select(name => new ChannelSpec
            {
                Name = name,
                Type = ChannelType.Json,
                Interested = name.StartsWith("result", StringComparison.Ordinal),
            })],
            Nodes = [.. nodes],
            StartData = [.. startData.Select(data => new StartDataSpec
            {
                Channel = data.Channel,
                Payload = Payload.Json(JsonSerializer.SerializeToUtf8Bytes(data.Value)),
            })],
        };
    }

    /// <summary>A chain of relays from channel <c>c0</c> to channel <c>result</c>.</summary>
    public static SessionSpec Chain(int length, params object[] items) => Session(
        [.. Enumerable.Range(0, length).Select(i => Node(
            $"relay-{i}", "relay", [("In", $"c{i}")], ("Out", i == length - 1 ? "result" : $"c{i + 1}")))],
        [.. items.Select(item => ("c0", item))]);

    /// <summary>One engine that reads Control.</summary>
    public static SessionSpec Single(string engine, object control, params (string Port, string Channel)[] outputs) =>
        Session([Node(engine, engine, [("Control", "control")], outputs)], ("control", control));

    public static async Task<string[]> ReadAsync(ISessionGrain session, string channel)
    {
        List<string> items = [];
        for (long? offset = 0; offset is { } from;)
        {
            var pages = await session.ReadResultsAsync([new() { Channel = channel, Offset = from }], TestContext.Current.CancellationToken)
                ?? throw new InvalidOperationException("The session is unknown.");
            items.AddRange(pages[0].Items.Select(item => System.Text.Encoding.UTF8.GetString(item.Bytes.Span)));
            offset = pages[0].NextOffset;
        }

        return [.. items];
    }

    /// <summary>A session whose channel <c>in</c> clients write, with a relay to <c>result-…</c> for each reader.</summary>
    public static SessionSpec Live(params string[] readers) => Live(channel => channel, readers);

    /// <summary>The same with the input changed.</summary>
    public static SessionSpec Live(Func<ChannelSpec, ChannelSpec> change, params string[] readers)
    {
        var spec = Session([.. readers.Select(reader => Node(reader, "relay", [("In", "in")], ("Out", $"result-{reader}")))]);
        return spec with { Channels = [.. spec.Channels.Select(channel => channel.Name == "in" ? change(channel with { External = ExternalDirection.In }) : channel)] };
    }
}
