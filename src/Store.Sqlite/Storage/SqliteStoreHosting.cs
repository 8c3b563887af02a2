using BlueEdge.DeadLetters;
using BlueEdge.GrainStates;
using BlueEdge.Reminders;
using BlueEdge.Results;
using BlueEdge.Scheduling;
using BlueEdge.Sessions.Listing;
using BlueEdge.Sessions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Providers;
using Orleans.Storage;

namespace BlueEdge.Storage;

/// <summary>Registers the store of the embedded mode.</summary>
internal static class SqliteStoreHosting
{
    /// <summary>Keeps in a file what sessions, the scheduler, engines, reminders and other grains keep. Whoever opened the store closes it.</summary>
    public static ISiloBuilder UseSqliteStore(this ISiloBuilder silo, SqliteStore store)
    {
        silo.AddReminders();
        silo.Services
            .AddSingleton(store)
            .AddSingleton<IReminderTable, SqliteReminderTable>()
            .AddSingleton<ISessionStore, SqliteSessionStore>()
            .AddSingleton<ISessionLists, SqliteSessionLists>()
            .AddSingleton<ISchedulerStores, SqliteSchedulerStores>()
            .AddSingleton<IResultNotices, LocalResultNotices>()
            .AddSingleton<IResultStore, SqliteResultStore>()
            .AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>()
            .AddSqliteGrainStates()
            .TryAddSingleton(provider => provider.GetRequiredKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        return silo;
    }
}
