using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;

namespace BlueEdge.Grains.Engines;

/// <summary>This process's copy of the engine catalogue, so that a submission costs no call to validate.</summary>
internal sealed class EngineCatalogCache(IGrainFactory grains)
{
    private volatile EngineCatalog _catalog = new();

    public EngineCatalog Current => _catalog;

    /// <summary>Asks for what is newer than the copy, and returns the newest.</summary>
    public async Task<EngineCatalog> RefreshAsync(CancellationToken cancellationToken)
    {
        var scheduler = grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);
        return await scheduler.GetCatalogAsync(_catalog.Version, cancellationToken) is { } newer
            ? _catalog = newer
            : _catalog;
    }
}
