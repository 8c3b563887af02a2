using BlueEdge.Grains.Scheduling;
using BlueEdge.Store.Sqlite.Storage;
using Orleans.Serialization;

namespace BlueEdge.Store.Sqlite.Scheduling;

/// <summary>The stores of the process's schedulers.</summary>
internal sealed class SqliteSchedulerStores(SqliteStore store, Serializer serializer) : ISchedulerStores
{
    public ISchedulerStore Of(string domain) => new SqliteSchedulerStore(domain, store, serializer);
}
