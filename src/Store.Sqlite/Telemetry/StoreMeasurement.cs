using BlueEdge.Grains.Storage;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.Hosting;

namespace BlueEdge.Store.Sqlite.Telemetry;

/// <summary>Has the store, which is opened before there is anything to measure with, be measured from the start on.</summary>
internal sealed class StoreMeasurement(SqliteStore store, StoreMetrics metrics) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.Answered = (took, error) => metrics.Answered("sqlite", took, error);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
