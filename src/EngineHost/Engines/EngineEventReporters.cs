using BlueEdge.Grains.Sessions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Engines;

/// <summary>Opens the ways by which this process's runs tell their sessions what engines say.</summary>
internal sealed class EngineEventReporters(IGrainFactory grains, TimeProvider clock, ILogger<EngineEventReporter> logger)
{
    public EngineEventReporter Open(SubSessionStart start, CancellationToken stopping) => new(start, grains, clock, logger, stopping);
}
