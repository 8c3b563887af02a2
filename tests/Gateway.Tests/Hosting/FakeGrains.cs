using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using BlueEdge.Auditing;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.Engines;
using BlueEdge.Keys;
using BlueEdge.Operations;
using BlueEdge.Quotas;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Validation;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Gives out fakes by key, and makes trouble where told to.</summary>
internal sealed class FakeGrains
{
    private readonly ConcurrentDictionary<string, FakeSession> _sessions = new(StringComparer.Ordinal);

    public FakeGrains()
    {
        Factory = DispatchProxy.Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)(object)Factory).Find = Find;
        Scheduler = new(this);
        Sessions = new(this);
        WebhookTest = new(this);
        News = new(this);
        Keys = new(this);
        Audit = new(this);
        UploadTenants = new(this);
    }

    public IGrainFactory Factory { get; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public SessionLimits Limits { get; } = new();

    /// <summary>Called at the start of each call, with its name; may throw or wait.</summary>
    public Func<string, Task>? Trouble { get; set; }

    /// <summary>What a session does in the call that submits it and waits; nothing by default.</summary>
    public Action<FakeSession>? Run { get; set; }

    /// <summary>Items a page of results has at most.</summary>
    public int PageItems { get; set; } = 1_000;

    public FakeScheduler Scheduler { get; }

    public FakeAudit Audit { get; }

    public FakeSessionList Sessions { get; }

    /// <summary>What tenants take, by their names.</summary>
    public ConcurrentDictionary<string, FakeTenantQuota> Quotas { get; } = new(StringComparer.Ordinal);

    public FakeUploadTenants UploadTenants { get; }

    public FakeWebhookTest WebhookTest { get; }

    public FakeSiloNewsList News { get; }

    public FakeKeyRegistry Keys { get; }

    public ImmutableDictionary<string, EngineDefinition> Engines { get; } = ImmutableDictionary<string, EngineDefinition>.Empty
        .WithComparers(StringComparer.Ordinal)
        .Add("hello", Engine("hello", [Port("Control")], [Port("Result")]))
        .Add("relay", Engine("relay", [Port("In")], [Port("Out")]))
        .Add("echo", Engine("echo", [Port("Data")], [Port("Data")]))
        .Add("look", Engine("look", [Port("Picture", ChannelType.Image)], [Port("Seen")]));

    /// <summary>The channels that clients write, by their keys.</summary>
    public ConcurrentDictionary<string, FakeInput> Inputs { get; } = new(StringComparer.Ordinal);

    /// <summary>The channels that are not kept, by their keys.</summary>
    public ConcurrentDictionary<string, FakeTap> Taps { get; } = new(StringComparer.Ordinal);

    public FakeSession Session(string sessionId) => _sessions.GetOrAdd(sessionId, id => new(id, this));

    public string IdOf(FakeSession session) => _sessions.First(entry => entry.Value == session).Key;

    public ICollection<string> Ids => _sessions.Keys;

    /// <summary>The id of the one session there is.</summary>
    public string Only() => Assert.Single(_sessions).Key;

    public Task TroubleAsync(string call) => Trouble?.Invoke(call) ?? Task.CompletedTask;

    private object Find(Type type, string key) => type == typeof(ISchedulerGrain) ? Scheduler
        : type == typeof(ISessionListGrain) ? Sessions
        : type == typeof(ISessionValidationGrain) ? new FakeValidation(this)
        : type == typeof(IWebhookTestGrain) ? WebhookTest
        : type == typeof(ISiloNewsListGrain) ? News
        : type == typeof(ISiloNewsGrain) ? News[key]
        : type == typeof(IKeyRegistryGrain) ? Keys
        : type == typeof(IAuditGrain) ? Audit
        : type == typeof(ITenantQuotaGrain) ? Quotas.GetOrAdd(key, _ => new(this))
        : type == typeof(IUploadTenantsGrain) ? UploadTenants
        : type == typeof(ISystemGrain) ? new FakeSystem(this)
        : type == typeof(ISessionGrain) ? Session(key)
        : type == typeof(ISubSessionGrain) && SubSessionKey.Parse(key) is var node ? new FakeSubSession(Session(node.SessionId), node.Node, this)
        : type == typeof(IChannelTapGrain) ? Taps.GetOrAdd(key, _ => new(this))
        : type == typeof(IChannelInputGrain) ? Inputs.GetOrAdd(key, _ => new(this))
        : throw new NotSupportedException(type.Name);

    private static PortDefinition Port(string name, ChannelType type = ChannelType.Json) => new() { Name = name, Type = type };

    private static EngineDefinition Engine(string id, ImmutableArray<PortDefinition> inputs, ImmutableArray<PortDefinition> outputs) =>
        new() { Id = id, Name = id, Version = "1", Inputs = inputs, Outputs = outputs, Slots = 4 };

    /// <summary>The one method of the factory that the gateway uses.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it at run time.")]
    internal class GrainFactoryProxy : DispatchProxy
    {
        public Func<Type, string, object>? Find { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod is { Name: "GetGrain", IsGenericMethod: true } && args is [string or long, ..]
                ? Find?.Invoke(targetMethod.GetGenericArguments()[0], args[0]?.ToString() ?? "")
                : throw new NotSupportedException(targetMethod?.Name);
    }
}
