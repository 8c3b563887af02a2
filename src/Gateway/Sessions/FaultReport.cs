using System.Collections.Immutable;
using BlueEdge.Gateway.Engines;
using BlueEdge.Gateway.Http;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// Says all that is wrong with a body that could not be read in full: its form, and what validation finds in the rest.
/// </summary>
internal sealed class FaultReport(EngineDirectory engines, IOptions<SessionLimits> limits)
{
    public async Task<IReadOnlyList<ErrorItem>> AllAsync(ParsedSession parsed, CancellationToken cancellationToken)
    {
        if (await engines.FindDefinitionsAsync(cancellationToken) is not { } definitions)
        {
            // The faults of form are certain, and enough to say no, with the cluster away.
            return ToErrors(parsed.Faults, places: null);
        }

        var form = new FaultPlaces(parsed.Faults);
        var further = ToErrors(SessionValidator.Validate(parsed.Spec, definitions, limits.Value), parsed.Places);
        return [.. ToErrors(parsed.Faults, places: null), .. further.Where(error => !form.Explain(error))];
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
