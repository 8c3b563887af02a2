using BlueEdge.Engines;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Tests.Scheduling.Matching;

/// <summary>How many engines may be registered.</summary>
public sealed class RegistrationTests
{
    private readonly SchedulerModel _model = new(bound: 1_000, remembered: 1_000);

    [Fact]
    public void Beyond_the_most_no_engine_is_taken_that_is_not_known()
    {
        Assert.Equal([RegisterOutcome.Created, RegisterOutcome.Created, RegisterOutcome.Full], Register("a", "b", "c"));

        Assert.Equal([RegisterOutcome.Unchanged], Register("a"));
        Assert.Equal(RegisterOutcome.Replaced, _model.Register(Definition("b") with { Slots = 7 }, most: 2));
        Assert.Equal(2, _model.Engines.Count);
    }

    [Fact]
    public void Who_registers_and_forgets_in_turn_gets_no_further()
    {
        Register("a", "b");
        Assert.Equal(UnregisterOutcome.Removed, _model.Unregister("b"));

        Assert.Equal([RegisterOutcome.Full, RegisterOutcome.Created], Register("c", "b"));
    }

    private RegisterOutcome[] Register(params string[] engines) => [.. engines.Select(engine => _model.Register(Definition(engine), most: 2))];

    private static EngineDefinition Definition(string id) => new() { Id = id, Name = id, Version = "1", Inputs = [], Outputs = [], Slots = 1 };
}
