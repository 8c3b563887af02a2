using System.Collections.Immutable;

namespace BlueEdge.Soak.Faults;

/// <summary>What is done to parts, when, and for how long.</summary>
/// <param name="At">When, since the load began.</param>
/// <param name="Fault">kill, stop or pause.</param>
/// <param name="Parts">To whom, at once.</param>
/// <param name="For">How long until they are started again, or go on.</param>
/// <param name="Updates">Whether they come back with this build, where the former one ran.</param>
internal sealed record PlannedFault(TimeSpan At, string Fault, ImmutableArray<string> Parts, TimeSpan For, bool Updates = false)
{
    public override string ToString() =>
        FormattableString.Invariant($"{At.TotalSeconds,7:0.0} s  {(Updates ? "update" : Fault)} {string.Join(' ', Parts)} for {For.TotalSeconds:0.0} s");
}
