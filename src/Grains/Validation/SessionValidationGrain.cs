using BlueEdge.Callers;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Validation;

/// <summary>Asks what a session's grain asks before it accepts.</summary>
[GrainType("session-validation"), StatelessWorker]
internal sealed class SessionValidationGrain(SubmissionCheck check, WebhookWarnings warnings) : Grain, ISessionValidationGrain
{
    public async Task<ValidationReport> ValidateAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        var faults = await check.FindFaultsAsync(spec, CallerContext.Take().NamedTenant, cancellationToken);
        return new() { Faults = faults.Listed, FurtherFaults = faults.Further, Warnings = warnings.Of(spec) };
    }
}
