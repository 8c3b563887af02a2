using BlueEdge.Grains.Auditing;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Storage;
using BlueEdge.Store.Sqlite.Auditing;
using BlueEdge.Store.Sqlite.Channels;
using BlueEdge.Store.Sqlite.DeadLetters;
using BlueEdge.Store.Sqlite.GrainStates;
using BlueEdge.Store.Sqlite.Reminders;
using BlueEdge.Store.Sqlite.Results;
using BlueEdge.Store.Sqlite.Scheduling;
using BlueEdge.Store.Sqlite.Sessions.Listing;
using BlueEdge.Store.Sqlite.Sessions.Records;
using BlueEdge.Store.Sqlite.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Storage;

namespace BlueEdge.Store.Sqlite.Storage;

/// <summary>Registers the store of the embedded mode.</summary>
public static class SqliteStoreHosting
{
    /// <summary>Keeps in a file what sessions, the scheduler, engines, reminders and other grains keep. Whoever opened the store closes it.</summary>
    public static ISiloBuilder UseSqliteStore(this ISiloBuilder silo, SqliteStore store)
    {
        silo.AddReminders();
        silo.Services.TryAddSingleton<StoreMetrics>();
        silo.Services
            .AddSingleton(store)
            .AddHostedService<StoreMeasurement>()
            .AddSingleton<IReminderTable, SqliteReminderTable>()
            .AddSingleton<ISessionStore, SqliteSessionStore>()
            .AddSingleton<ISessionLists, SqliteSessionLists>()
            .AddSingleton<ISchedulerStores, SqliteSchedulerStores>()
            .AddSingleton<IResultNotices, LocalResultNotices>()
            .AddSingleton<IResultStore, SqliteResultStore>()
            .AddSingleton<IInputLogStore, SqliteInputLogStore>()
            .AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>()
            .AddSingleton<IAuditStore, SqliteAuditStore>()
            .AddSqliteGrainStates()
            .TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return silo;
    }
}
