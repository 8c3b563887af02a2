using BlueEdge.Channels;
using BlueEdge.Engines;
using CsCheck;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

/// <summary>Makes valid sessions of any shape: fan-out, fan-in, several inputs, parts that are not joined.</summary>
public static class SessionGen
{
    private static readonly ChannelType[] Types = Enum.GetValues<ChannelType>();

    public static Gen<TestSession> Valid { get; } =
        Gen.Select(Gen.Int[1, 25], Gen.Int[0, 30], Gen.Int, (nodes, channels, seed) => Make(nodes, channels, new Random(seed)));

    public static TestSession Empty { get; } = new()
    {
        Spec = new() { Channels = [], Nodes = [] },
        Engines = System.Collections.Immutable.ImmutableDictionary.Create<string, EngineDefinition>(StringComparer.Ordinal),
    };

    private static TestSession Make(int nodes, int channels, Random random)
    {
        var session = Empty with { Spec = new() { Channels = [], Nodes = [], Rank = random.Next(), WaitTime = TimeSpan.FromSeconds(random.Next(9)) } };
        for (var node = 0; node < nodes; node++)
        {
            session = session.AddNode($"node {node}");
        }

        for (var channel = 0; channel < channels; channel++)
        {
            session = AddLinkedChannel(session, $"channel/{channel}", random);
        }

        return Shuffle(session, random);
    }

    /// <summary>Nodes before a cut write the channel, nodes after it read it: whatever the cuts are, no cycle comes of it.</summary>
    private static TestSession AddLinkedChannel(TestSession session, string name, Random random)
    {
        var type = Types[random.Next(Types.Length)];
        var cut = random.Next(session.Nodes + 1);
        var density = random.NextDouble();
        session = session.AddChannel(name, type, interested: random.Next(2) == 0);
        var written = false;
        for (var node = 0; node < session.Nodes; node++)
        {
            if (random.NextDouble() < density)
            {
                written |= node < cut;
                session = node < cut ? session.AddOutput(node, name, type) : session.AddInput(node, name, type);
            }
        }

        return written ? session : session.AddStartData(name, Payload.Inline(type, MediaType(type), new byte[1 + random.Next(8)]));
    }

    private static TestSession Shuffle(TestSession session, Random random)
    {
        var (nodes, channels) = (session.Spec.Nodes.ToArray(), session.Spec.Channels.ToArray());
        random.Shuffle(nodes);
        random.Shuffle(channels);
        return session with { Spec = session.Spec with { Nodes = [.. nodes], Channels = [.. channels] } };
    }

    private static string MediaType(ChannelType type) => type switch
    {
        ChannelType.Json => Payload.JsonMediaType,
        ChannelType.Image => "image/png",
        ChannelType.Video => "video/mp4",
        _ => "text/plain",
    };
}
