using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Grains.Abstractions.Tests.Validation;

public sealed class CapacityTests
{
    private static readonly ImmutableDictionary<string, EngineDefinition> Engines = new[] { "a", "b" }.ToImmutableDictionary(
        id => id, id => new EngineDefinition { Id = id, Name = id, Version = "1", Slots = 4, Inputs = [], Outputs = [] }, StringComparer.Ordinal);

    [Fact]
    public void A_session_that_needs_more_of_an_engine_than_there_will_ever_be_is_told_of_each_such_engine()
    {
        var limits = new SessionLimits { EngineSlots = { ["a"] = 2, ["b"] = 1 } };

        var faults = SessionValidator.Validate(SpecOf("a", "b", "a", "b", "a", "a"), Engines, limits).Listed;

        Assert.Equal([("/engines/4/id", "over-capacity"), ("/engines/3/id", "over-capacity")], faults.Select(fault => (fault.Pointer, fault.Code)));
        Assert.Contains("4 slots of engine 'a'", faults[0].Message, StringComparison.Ordinal);
        Assert.Contains("have 2 at most", faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_that_needs_all_there_will_ever_be_can_start()
    {
        var limits = new SessionLimits { EngineSlots = { ["a"] = 2 } };

        Assert.Empty(SessionValidator.Validate(SpecOf("a", "a", "b", "b", "b"), Engines, limits).Listed);
    }

    [Fact]
    public void Where_nothing_is_known_of_it_instances_may_join() =>
        Assert.Empty(SessionValidator.Validate(SpecOf([.. Enumerable.Repeat("a", 1_000)]), Engines, new()).Listed);

    private static SessionSpec SpecOf(params string[] engines) =>
        new() { Channels = [], Nodes = [.. engines.Select((engine, i) => new NodeSpec { Name = $"{i}", Engine = engine })] };
}
