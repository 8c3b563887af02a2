using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Store.Sqlite.GrainStates;
using BlueEdge.Store.Sqlite.Results;
using BlueEdge.Store.Sqlite.Scheduling;
using BlueEdge.Store.Sqlite.Sessions.Listing;
using BlueEdge.Store.Sqlite.Sessions.Records;
using BlueEdge.Store.Sqlite.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;

namespace BlueEdge.StoreKills;

/// <summary>The stores on one file, as a silo has them.</summary>
internal sealed class StoresUnderTest : IDisposable
{
    private static readonly ServiceProvider Serializers =
        new ServiceCollection().AddSerializer(builder => builder.AddAssembly(typeof(ISessionStore).Assembly).AddAssembly(typeof(Note).Assembly)).BuildServiceProvider();

    private readonly SqliteStore _file;

    public StoresUnderTest(string path)
    {
        _file = SqliteStore.Open(path, StoreDurability.Process);
        Sessions = ActivatorUtilities.CreateInstance<SqliteSessionStore>(
            Serializers, _file, Options.Create(new SessionOptions { Retention = TimeSpan.FromDays(3_650) }), TimeProvider.System);
        Lists = new(_file);
        Results = ActivatorUtilities.CreateInstance<SqliteResultStore>(Serializers, _file, new LocalResultNotices());
        Notes = new(_file, Serializers.GetRequiredService<Serializer>(), Serializers.GetRequiredService<IActivatorProvider>(), TimeProvider.System, lifetime: null);
        Schedulers = ActivatorUtilities.CreateInstance<SqliteSchedulerStores>(Serializers, _file);
    }

    public SqliteSessionStore Sessions { get; }

    public SqliteSessionLists Lists { get; }

    public SqliteResultStore Results { get; }

    public SqliteGrainStorage Notes { get; }

    public SqliteSchedulerStores Schedulers { get; }

    /// <summary>Has SQLite move its log into the file all the time, not every 4 MB.</summary>
    public Task CheckpointOftenAsync() => _file.WriteAsync(session => session.ReadValue("PRAGMA wal_autocheckpoint = 40"));

    public Task ShrinkAsync() => _file.ShrinkAsync();

    public void Dispose() => _file.Dispose();
}
