using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Auditing;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.DeadLetters;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Tests;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Store.Redis.Auditing;
using BlueEdge.Store.Redis.Channels;
using BlueEdge.Store.Redis.DeadLetters;
using BlueEdge.Store.Redis.GrainStates;
using BlueEdge.Store.Redis.Results;
using BlueEdge.Store.Redis.Scheduling;
using BlueEdge.Store.Redis.Sessions.Listing;
using BlueEdge.Store.Redis.Sessions.Records;
using BlueEdge.Store.Redis.Storage;
using BlueEdge.Store.Sqlite.Auditing;
using BlueEdge.Store.Sqlite.Channels;
using BlueEdge.Store.Sqlite.DeadLetters;
using BlueEdge.Store.Sqlite.GrainStates;
using BlueEdge.Store.Sqlite.Results;
using BlueEdge.Store.Sqlite.Scheduling;
using BlueEdge.Store.Sqlite.Sessions.Listing;
using BlueEdge.Store.Sqlite.Sessions.Records;
using BlueEdge.Store.Sqlite.Storage;
using BlueEdge.Store.Tests.GrainStates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Providers;
using Orleans.Serialization;
using Orleans.Storage;

namespace BlueEdge.Store.Tests;

/// <summary>Stores as a silo would have them, from a container.</summary>
internal sealed class StoresOf : IStores
{
    private readonly ServiceProvider _services;

    private StoresOf(ServiceProvider services) => _services = services;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public TimeSpan Retention { get; } = TimeSpan.FromHours(1);

    public ISessionStore Sessions => _services.GetRequiredService<ISessionStore>();

    public ISessionLists Lists => _services.GetRequiredService<ISessionLists>();

    public ISchedulerStores Schedulers => _services.GetRequiredService<ISchedulerStores>();

    public IResultStore Results => _services.GetRequiredService<IResultStore>();

    public IResultNotices Notices => _services.GetRequiredService<IResultNotices>();

    public IDeadLetterStore DeadLetters => _services.GetRequiredService<IDeadLetterStore>();

    public IInputLogStore Inputs => _services.GetRequiredService<IInputLogStore>();

    public IAuditStore Audit => _services.GetRequiredService<IAuditStore>();

    public static StoresOf Redis(RedisServer redis, string serviceId) => Create(services => services
        .AddSingleton(redis.Connection)
        .AddSingleton(new StorageKeys(serviceId))
        .AddSingleton<RedisStore>()
        .AddSingleton<ISessionStore, RedisSessionStore>()
        .AddSingleton<ISessionLists, RedisSessionLists>()
        .AddSingleton<ISchedulerStores, RedisSchedulerStores>()
        .AddSingleton<IResultNotices, RedisResultNotices>()
        .AddSingleton<IResultStore, RedisResultStore>()
        .AddSingleton<IDeadLetterStore, RedisDeadLetterStore>()
        .AddSingleton<IInputLogStore, RedisInputLogStore>()
        .AddSingleton<IAuditStore, RedisAuditStore>()
        .AddSingleton<IGrainStorageSerializer, OrleansGrainStorageSerializer>()
        .AddRedisGrainStates());

    public static StoresOf Sqlite(SqliteStore store) => Create(services => services
        .AddSingleton(store)
        .AddSingleton<ISessionStore, SqliteSessionStore>()
        .AddSingleton<ISessionLists, SqliteSessionLists>()
        .AddSingleton<ISchedulerStores, SqliteSchedulerStores>()
        .AddSingleton<IResultNotices, LocalResultNotices>()
        .AddSingleton<IResultStore, SqliteResultStore>()
        .AddSingleton<IDeadLetterStore, SqliteDeadLetterStore>()
        .AddSingleton<IInputLogStore, SqliteInputLogStore>()
        .AddSingleton<IAuditStore, SqliteAuditStore>()
        .AddSqliteGrainStates());

    public async Task<IGrainStorage> OpenGrainStatesAsync(string? name = null)
    {
        var lifecycle = new SiloLifecycleSubject(NullLogger<SiloLifecycleSubject>.Instance);
        foreach (var participant in _services.GetServices<ILifecycleParticipant<ISiloLifecycle>>())
        {
            participant.Participate(lifecycle);
        }

        await lifecycle.OnStart(TestContext.Current.CancellationToken);
        return _services.GetRequiredKeyedService<IGrainStorage>(name ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static StoresOf Create(Action<IServiceCollection> add)
    {
        StoresOf? made = null;
        var services = new ServiceCollection()
            .AddSerializer(builder => builder.AddAssembly(typeof(ISessionStore).Assembly).AddAssembly(typeof(Note).Assembly))
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton<TimeProvider>(_ => made!.Clock) // Asked for after it is made.
            .AddSingleton(_ => Options.Create(new SessionOptions { Retention = made!.Retention })) // Asked for after it is made.
            .AddSingleton(Options.Create(new AuditOptions { MaxRecords = 200 }))
            .AddSingleton(Options.Create(new WebhookOptions { Retries = "00:10:00" }));
        add(services);
        return made = new(services.BuildServiceProvider());
    }
}
