using System.Collections.Immutable;
using BlueEdge.Gateway.Engines;
using BlueEdge.Gateway.Http;
using BlueEdge.Outbound;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// Says all that is wrong with a body that could not be read in full: its form, and what validation finds in the rest.
/// </summary>
internal sealed class FaultReport(EngineDirectory engines, IOptions<SessionLimits> limits, OutboundRules outbound)
{
    // Many may only follow from what could not be read, and are dropped.
    private const int MostFound = 10_000;

    public async Task<ErrorAnswer> AllAsync(ParsedSession parsed, CancellationToken cancellationToken)
    {
        var read = parsed.Faults;
        if (read.Further > 0 || await engines.FindDefinitionsAsync(cancellationToken) is not { } definitions)
        {
            // The faults of form are certain, and enough to say no, with the cluster away.
            return ErrorAnswer.Invalid(ToErrors(read.Listed, places: null), read.Further);
        }

        var form = new FaultPlaces(read.Listed);
        var found = SessionValidator.Validate(parsed.Spec, definitions, limits.Value, outbound, MostFound);
        var further = ToErrors(found.Listed, parsed.Places).Where(error => !form.Explain(error));
        return ErrorAnswer.Invalid([.. ToErrors(read.Listed, places: null), .. further], found.Further);
    }

    /// <summary>
    /// Faults in a workflow's body, as faults in the body that came. A single engine's port is also a channel and a link, of
    /// which one fault is enough; each input that is missing is a fault of its own.
    /// </summary>
    public static IReadOnlyList<ErrorItem> ToErrors(ImmutableArray<Fault> faults, SingleEnginePlaces? places) =>
        [
            .. faults.Select(fault => places?.Translate(fault) ?? fault)
                .DistinctBy(fault => (fault.Pointer, fault.Code, places is null || fault.Code is FaultCodes.RequiredInputNotLinked ? fault.Message : ""))
                .Select(ErrorItem.From),
        ];
}
