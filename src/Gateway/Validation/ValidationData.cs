using System.Collections.Immutable;
using BlueEdge.Gateway.Sessions;

namespace BlueEdge.Gateway.Validation;

/// <summary>What to know of a body that would be accepted.</summary>
internal sealed record ValidationData
{
    /// <summary>Where it would be: the body of <c>/api/v1/process-single-engine</c> has a member <c>engineId</c>, any other is for <c>/api/v1/process-workflow</c>.</summary>
    public required string SubmitTo { get; init; }

    /// <summary>What its session would be told; left out where there is nothing.</summary>
    public ImmutableArray<WarningResponse>? Warnings { get; init; }
}
