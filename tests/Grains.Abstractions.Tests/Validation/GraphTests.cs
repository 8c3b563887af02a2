using BlueEdge.Engines;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using CsCheck;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

public sealed class GraphTests
{
    private static readonly Gen<TestSession> AnyGraph = Gen
        .Select(Gen.Int[2, 8], Gen.Int[1, 6], Gen.Select(Gen.Int[0, 7], Gen.Int[0, 5], Gen.Bool).Array[0, 24])
        .Select((nodes, channels, links) => Make(nodes, channels, links));

    [Fact]
    public void A_cycle_is_named_in_order()
    {
        var session = SessionGen.Empty.AddNode("a").AddNode("b").AddNode("c").AddChannel("x").AddChannel("y").AddChannel("z")
            .AddOutput(0, "x").AddInput(1, "x").AddOutput(1, "y").AddInput(2, "y").AddOutput(2, "z").AddInput(0, "z");

        var fault = Assert.Single(session.Validate());

        Assert.Equal("/engines/2/outputs/0/linkTo", fault.Pointer);
        Assert.Contains("'a' -> 'b' -> 'c' -> 'a'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_cycles_that_share_a_node_are_two_faults()
    {
        var session = SessionGen.Empty.AddNode("a").AddNode("b").AddNode("c").AddChannel("x").AddChannel("y").AddChannel("z")
            .AddOutput(0, "x").AddInput(1, "x").AddInput(2, "x")
            .AddOutput(1, "y").AddInput(0, "y").AddOutput(2, "z").AddInput(0, "z");

        Assert.Equal(
            ["/engines/1/outputs/0/linkTo", "/engines/2/outputs/0/linkTo"], [.. session.Validate().Select(fault => fault.Pointer)]);
    }

    [Fact]
    public void A_self_link_does_not_hide_a_cycle_through_the_same_link()
    {
        var session = SessionGen.Empty.AddNode("n").AddNode("m").AddChannel("c").AddChannel("d")
            .AddOutput(0, "c").AddInput(0, "c").AddOutput(0, "d").AddInput(1, "d").AddOutput(1, "c");

        Assert.Equal([FaultCodes.SelfLink, FaultCodes.Cycle], [.. session.Validate().Select(fault => fault.Code)]);
    }

    [Fact]
    public void Cycles_are_found_exactly_where_there_are_some() =>
        AnyGraph.Sample(
            session => Assert.Equal(HasCycle(session), session.Validate().Any(IsCycle)), iter: 20_000);

    [Fact]
    public void Without_the_links_that_cycles_point_at_no_cycle_is_left() =>
        AnyGraph.Sample(
            session =>
            {
                var cut = session.Validate().Where(IsCycle).Select(fault => fault.Pointer).ToHashSet(StringComparer.Ordinal);
                for (var node = 0; node < session.Nodes; node++)
                {
                    var prefix = $"/engines/{node}/outputs";
                    session = session.Change(
                        node,
                        spec => spec with { Outputs = [.. spec.Outputs.Where((_, output) => !cut.Contains($"{prefix}/{output}/linkTo"))] });
                }

                Assert.False(HasCycle(session));
            },
            iter: 20_000);

    [Theory, InlineData(200, 0), InlineData(201, 1)]
    public void A_path_may_have_200_engines(int length, int faults)
    {
        var session = Chain(length);

        Assert.Equal(Enumerable.Repeat(("/engines", FaultCodes.TooLarge), faults), session.Validate().Select(fault => (fault.Pointer, fault.Code)));
    }

    [Fact]
    public void Work_grows_no_faster_than_the_spec()
    {
        AssertLinear(Chain);
        AssertLinear(size => OneChannel(size, size / 2));
        AssertLinear(size => OneChannel(size, 0));
        AssertLinear(size => OneChannel(size, size));
    }

    private static bool IsCycle(Fault fault) => string.Equals(fault.Code, FaultCodes.Cycle, StringComparison.Ordinal);

    /// <summary>Steps of the search, bytes allocated and the answer's size stand for the work: a clock would lie on a busy machine.</summary>
    private static void AssertLinear(Func<int, TestSession> make)
    {
        var (small, large) = (Measure(make(1_000)), Measure(make(4_000)));

        Assert.InRange(large.Steps, 0, (4 * small.Steps) + 100);
        Assert.InRange(large.Bytes, 0, (6 * small.Bytes) + 100_000);
        Assert.InRange(large.Text, 0, (5 * small.Text) + 1_000);
    }

    private static (long Steps, long Bytes, long Text) Measure(TestSession session)
    {
        var index = new SessionIndex(session.Spec);
        var search = new CycleSearch(index.Inputs, index.Outputs, index.Channels.Length);
        search.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var faults = session.Validate();
        return (search.Steps, GC.GetAllocatedBytesForCurrentThread() - before, faults.Sum(fault => (long)fault.Message.Length));
    }

    private static TestSession Chain(int length) => Build(
        length, length, node => node > 0 ? [node - 1] : [], node => [node]);

    /// <summary>Nodes before the first reader only write, the others read; below the number of writers they do both.</summary>
    private static TestSession OneChannel(int nodes, int writers) => Build(
        nodes, 1, node => node >= writers || writers == nodes ? [0] : [], node => node < writers ? [0] : []);

    // Node by node through TestSession would itself be quadratic.
    private static TestSession Build(int nodes, int channels, Func<int, int[]> inputs, Func<int, int[]> outputs)
    {
        var engine = new EngineDefinition
        {
            Id = "any",
            Name = "any",
            Version = "1",
            Slots = 1,
            Inputs = [new() { Name = "In", Type = default, Optional = true }],
            Outputs = [new() { Name = "Out", Type = default }],
        };
        return SessionGen.Empty with
        {
            Engines = SessionGen.Empty.Engines.Add("any", engine),
            Spec = new()
            {
                Channels = [.. Enumerable.Range(0, channels).Select(channel => new ChannelSpec { Name = $"c{channel}", Type = default })],
                Nodes =
                [
                    .. Enumerable.Range(0, nodes).Select(node => new NodeSpec
                    {
                        Name = $"n{node}",
                        Engine = "any",
                        Inputs = [.. inputs(node).Select(channel => new PortLinkSpec { Port = "In", Channel = $"c{channel}" })],
                        Outputs = [.. outputs(node).Select(channel => new PortLinkSpec { Port = "Out", Channel = $"c{channel}" })],
                    }),
                ],
            },
        };
    }

    private static TestSession Make(int nodes, int channels, (int Node, int Channel, bool Input)[] links)
    {
        var session = SessionGen.Empty;
        for (var node = 0; node < nodes; node++)
        {
            session = session.AddNode($"n{node}");
        }

        for (var channel = 0; channel < channels; channel++)
        {
            session = session.AddChannel($"c{channel}");
        }

        foreach (var (node, channel, input) in links)
        {
            var name = $"c{channel % channels}";
            session = input ? session.AddInput(node % nodes, name) : session.AddOutput(node % nodes, name);
        }

        return session;
    }

    /// <summary>The plain way: all edges between different nodes, then remove nodes that nothing feeds until none is left.</summary>
    private static bool HasCycle(TestSession session)
    {
        var nodes = session.Spec.Nodes;
        var left = Enumerable.Range(0, nodes.Length).ToList();
        bool Feeds(int from, int to) => from != to
            && nodes[from].Outputs.Any(output => nodes[to].Inputs.Any(input => string.Equals(input.Channel, output.Channel, StringComparison.Ordinal)));
        while (left.RemoveAll(node => !left.Any(other => Feeds(other, node))) > 0)
        {
        }

        return left.Count > 0;
    }
}
