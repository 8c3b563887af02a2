using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Validation;

/// <summary>Finds all that is wrong with a session that somebody submits, or would submit.</summary>
internal sealed class SubmissionCheck(EngineCatalogCache catalog, StartBlobs startBlobs, IOptions<SessionLimits> limits, OutboundRules outbound)
{
    public async Task<FaultList> FindFaultsAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        var faults = SessionValidator.Validate(spec, catalog.Current.Engines, limits.Value, outbound);
        if (!faults.IsEmpty)
        {
            // An engine that has just joined may make it right.
            faults = SessionValidator.Validate(spec, (await catalog.RefreshAsync(cancellationToken)).Engines, limits.Value, outbound);
        }

        return faults.IsEmpty ? await startBlobs.FindFaultsAsync(spec, cancellationToken) : faults;
    }
}
