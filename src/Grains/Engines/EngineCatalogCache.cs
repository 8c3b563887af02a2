using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;

namespace BlueEdge.Grains.Engines;

/// <summary>This process's copy of the engine catalogue, so that a submission costs no call to validate.</summary>
internal sealed class EngineCatalogCache(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>For how long an engine that was forgotten may still be taken for known.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(5);

    private volatile Copy _copy = new(new(), AskedAt: null);

    /// <summary>The copy, or a newer one where that is older than some seconds.</summary>
    public ValueTask<EngineCatalog> GetAsync(CancellationToken cancellationToken) =>
        _copy is { AskedAt: { } asked } copy && clock.GetElapsedTime(asked) < Recent ? new(copy.Catalog) : new(RefreshAsync(cancellationToken));

    /// <summary>Asks for what is newer than the copy, and returns the newest.</summary>
    public async Task<EngineCatalog> RefreshAsync(CancellationToken cancellationToken)
    {
        var asked = clock.GetTimestamp();
        var known = _copy.Catalog;
        var scheduler = grains.GetGrain<ISchedulerControl>(ISchedulerGrain.DefaultDomain);
        var catalog = await scheduler.GetCatalogAsync(known.Version, cancellationToken) ?? known;
        _copy = new(catalog, asked);
        return catalog;
    }

    private sealed record Copy(EngineCatalog Catalog, long? AskedAt);
}
