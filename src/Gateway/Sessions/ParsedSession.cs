using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What was read of a body: a spec, and what could not be read.</summary>
internal sealed record ParsedSession
{
    public required SessionSpec Spec { get; init; }

    /// <summary>What is wrong with the body's form. Where there is any, the spec has stand-ins and is not to be run.</summary>
    public required FaultList Faults { get; init; }

    /// <summary>How to find a fault's place in the body where that is no workflow.</summary>
    public SingleEnginePlaces? Places { get; init; }
}
