using BlueEdge.Engines;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>Equality by content: the records' own compares arrays by reference.</summary>
internal static class Sameness
{
    public static bool SameAs(this InstanceAttendance one, InstanceAttendance other) =>
        one.Engine.SameAs(other.Engine) && one == other with { Engine = one.Engine };

    public static bool SameAs(this EngineDefinition one, EngineDefinition other) =>
        one.Inputs.AsSpan().SequenceEqual(other.Inputs.AsSpan()) &&
        one.Outputs.AsSpan().SequenceEqual(other.Outputs.AsSpan()) &&
        one == other with { Inputs = one.Inputs, Outputs = one.Outputs };
}
