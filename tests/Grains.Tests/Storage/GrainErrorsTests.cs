using System.Collections.Immutable;
using System.Reflection;
using BlueEdge.Auditing;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Channels.Taps;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Inputs;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Operations;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Storage;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Grains.Webhooks;
using BlueEdge.Keys;
using BlueEdge.Quotas;
using BlueEdge.Results;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Orleans.Serialization;
using StackExchange.Redis;

namespace BlueEdge.Grains.Tests.Storage;

/// <summary>What callers see of a store that is in trouble: every method of every grain interface, against a real Redis.</summary>
public sealed class GrainErrorsTests : IAsyncLifetime
{
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(60);

    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    private static IEnumerable<Type> Interfaces =>
        new[] { typeof(ISessionGrain).Assembly, typeof(ISessionControl).Assembly, typeof(EngineInstanceGrain).Assembly }
            .Distinct()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type) && type != typeof(IEngineGrain));

    public async ValueTask InitializeAsync() => _cluster = await OwnCluster.StartAsync(silos: 1);

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task A_Redis_that_refuses_writes_is_told_of_in_words_that_every_caller_can_read() =>
        await CheckAsync(
            () => Running.Redis.SetAsync("min-replicas-to-write", "1"),
            () => Running.Redis.SetAsync("min-replicas-to-write", "0"));

    [Fact]
    public async Task A_Redis_that_is_full_is_told_of_in_words_that_every_caller_can_read() =>
        await CheckAsync(
            () => Running.Redis.SetAsync("maxmemory", "1"),
            () => Running.Redis.SetAsync("maxmemory", "0"));

    [Fact]
    public async Task A_Redis_that_hangs_is_told_of_in_words_that_every_caller_can_read() =>
        await CheckAsync(() => Running.Redis.SignalAsync("STOP"), () => Running.Redis.SignalAsync("CONT"));

    [Fact]
    public async Task A_Redis_that_is_gone_is_told_of_in_words_that_every_caller_can_read() =>
        await CheckAsync(() => Running.Redis.SignalAsync("KILL"), () => Task.CompletedTask);

#pragma warning disable CS0618 // As a server says it, in words alone.
    public static TheoryData<Exception, bool> Errors { get; } = new()
    {
        { new RedisServerException("OOM command not allowed when used memory > 'maxmemory'. script: 0, on @user_script:1."), true },
        { new RedisServerException("ERR Error running script (call to f_1): @user_script:9: -LOADING Redis is loading the dataset in memory"), true },
        { new RedisServerException("WRONGTYPE Operation against a key holding the wrong kind of value"), false },
        { new RedisConnectionException(ConnectionFailureType.SocketFailure, CommandFlags.None, "gone", null, CommandStatus.Unknown), true },
        { new RedisTimeoutException(CommandFlags.None, "late", CommandStatus.Unknown), true },
        { new AggregateException(new RedisTimeoutException(CommandFlags.None, "late", CommandStatus.Unknown)), true },
        { new StoreUnavailableException("away", new RedisTimeoutException(CommandFlags.None, "late", CommandStatus.Unknown)), true },
        { new IOException("No space left on device"), true },
        { new StrangeException("strange", null), false },
        { new InvalidOperationException("outer", new StrangeException("strange", null)), false },
        { new BlueEdgeException("outer", new StrangeException("strange", null)), false },
        { WithData(new InvalidOperationException("outer")), false },
    };
#pragma warning restore CS0618

    [Theory, MemberData(nameof(Errors))]
    public void Whatever_is_thrown_what_leaves_the_grain_can_be_serialized(Exception error, bool isOfStore)
    {
        var leaves = Running.Get<GrainErrors>().Translate(error) ?? error;

        Assert.Equal(isOfStore, leaves is StoreUnavailableException);
        Assert.NotNull(Running.Get<Serializer<Exception>>().Deserialize(Running.Get<Serializer<Exception>>().SerializeToArray(leaves)));
        Assert.IsAssignableFrom<BlueEdgeException>(leaves);
    }

    /// <summary>As Orleans tells of a placement that took too long: with an error of a library inside.</summary>
    [Fact]
    public void What_is_only_late_stays_that_where_it_cannot_leave_as_it_is()
    {
        var leaves = Running.Get<GrainErrors>().Translate(new TimeoutException("late", new StrangeException("strange", new TaskCanceledException())));

        Assert.Equal("late", Assert.IsType<TimeoutException>(leaves).Message);
        Assert.IsType<TimeoutException>(Running.Get<GrainErrors>().Translate(new StrangeException("late", new TaskCanceledException())));
        Assert.IsType<OrleansException>(Running.Get<GrainErrors>().Translate(new StrangeException("gone", new SiloUnavailableException())));
    }

    /// <summary>It passes no filter: Orleans answers for a grain that it could not place.</summary>
    [Fact]
    public void What_Orleans_tells_of_a_late_placement_can_be_read()
    {
        var serializer = Running.Get<Serializer<Exception>>();

        var read = serializer.Deserialize(serializer.SerializeToArray(new TimeoutException("late", new Polly.Timeout.TimeoutRejectedException("late"))));

        Assert.Equal("late", Assert.IsType<TimeoutException>(read).Message);
    }

    private static InvalidOperationException WithData(InvalidOperationException error)
    {
        error.Data["strange"] = new StrangeException("strange", null);
        return error;
    }

    private async Task CheckAsync(Func<Task> breakIt, Func<Task> healIt)
    {
        var session = Running.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
        await session.SubmitAsync(Specs.Single("delay", new { seconds = 0.01 }), "known", Ct);
        await breakIt();
        try
        {
            var calls = Interfaces.SelectMany(type => type.GetMethods().Select(method => CallAsync(type, method))).ToList();
            Assert.InRange(calls.Count, 20, 100);
            var errors = (await Task.WhenAll(calls)).Where(outcome => outcome.Error is not null).ToList();
            Assert.NotEmpty(errors);
            Assert.All(errors, outcome => Assert.True(
                outcome.Error is BlueEdgeException or TimeoutException or OrleansException or OperationCanceledException
                && outcome.Error is not UnavailableExceptionFallbackException
                && !outcome.Error.ToString().Contains("Codec", StringComparison.Ordinal),
                $"{outcome.Method.DeclaringType!.Name}.{outcome.Method.Name} threw {outcome.Error}")); // A method of an interface.
            Assert.Contains(errors, outcome => outcome.Error is StoreUnavailableException);
        }
        finally
        {
            await healIt();
        }
    }

    private async Task<(MethodInfo Method, Exception? Error)> CallAsync(Type type, MethodInfo method)
    {
        try
        {
            var grain = typeof(IGrainWithIntegerKey).IsAssignableFrom(type)
                ? Running.Grains.GetGrain(type, 0)
                : Running.Grains.GetGrain(type, KeyOf(type));
            var call = (Task)method.Invoke(grain, [.. method.GetParameters().Select(Sample)])!; // All answer with tasks.
            await call.WaitAsync(CallPatience, TimeProvider.System, Ct);
            return (method, null);
        }
        catch (Exception error)
        {
            return (method, error is TargetInvocationException { InnerException: { } inner } ? inner : error);
        }
    }

    /// <summary>It calls an address that is refused.</summary>
    private static WebhookSpec Webhook => new() { StatusTypes = ["finish"], CallbackUrl = new("https://127.0.0.1/hook") };

    private static TapOrder Order => new() { Writer = new(SessionIds.Create(), "n"), Epoch = 1, Channel = "c", Ring = Guid.NewGuid(), Waits = false };

    private string KeyOf(Type type) =>
        type == typeof(ISchedulerGrain) || type == typeof(ISchedulerControl) ? ISchedulerGrain.DefaultDomain
        : type == typeof(IEngineInstanceGrain) ? new EngineInstanceKey("delay", Running.Silos.Silos[0].SiloAddress).ToString()
        : type == typeof(ISiloStatusGrain) ? SiloStatusGrain.KeyOf(Running.Silos.Silos[0].SiloAddress)
        : type == typeof(ISiloNewsGrain) ? SiloNewsGrain.KeyOf(Running.Silos.Silos[0].SiloAddress)
        : type == typeof(IWebhookGrain) ? WebhookSink.KeyOf(SessionIds.Create(), 0)
        : type == typeof(IChannelInputGrain) || type == typeof(IInputControl) || type == typeof(IChannelTapGrain) || type == typeof(ITapIntake) ? new ChannelKey(SessionIds.Create(), "channel").ToString()
        : type == typeof(ISubSessionGrain) ? new SubSessionKey(SessionIds.Create(), "node").ToString()
        : SessionIds.Create();

    private object? Sample(ParameterInfo parameter)
    {
        var (type, id) = (parameter.ParameterType, SessionIds.Create());
        return type == typeof(SessionSpec) ? Specs.Single("delay", new { seconds = 0.01 })
            : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(1)
            : type == typeof(CancellationToken) ? CancellationToken.None
            : type == typeof(ImmutableArray<ResultQuery>) ? ImmutableArray.Create(new ResultQuery { Channel = "result" })
            : type == typeof(SessionQuery) ? new SessionQuery()
            : type == typeof(NewsPlace) ? new NewsPlace(Guid.Empty, 0)
            : type == typeof(ImmutableArray<string>) ? ImmutableArray.Create("known")
            : type == typeof(EngineEventReport) ? new EngineEventReport { Node = "delay", Epoch = 1, First = 0, Events = [new() { Type = "said" }] }
            : type == typeof(ImmutableArray<EnlistRequest>) ? ImmutableArray.Create(new EnlistRequest
            {
                SessionId = id,
                Epoch = 1,
                Rank = 0,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Demands = [new() { Engine = "nobody-runs", Slots = 1 }],
            })
            : type == typeof(ImmutableArray<SessionAttempt>) ? ImmutableArray.Create(new SessionAttempt { SessionId = id, Epoch = 1 })
            : type == typeof(ImmutableArray<LeaseRelease>) ? ImmutableArray.Create(new LeaseRelease { SessionId = id, Epoch = 1, Released = [] })
            : type == typeof(InstanceAttendance) ? new InstanceAttendance
            {
                Instance = "strange/instance",
                Engine = new() { Id = "strange", Name = "strange", Version = "1", Slots = 1, Inputs = [], Outputs = [] },
                Silo = Running.Silos.Silos[0].SiloAddress,
                Host = "here",
                Slots = 1,
            }
            : type == typeof(EngineDefinition) ? new EngineDefinition { Id = "planned", Name = "planned", Version = "1", Slots = 1, Inputs = [], Outputs = [new() { Name = "Out", Type = ChannelType.Json }] }
            : type == typeof(LeaseGrant) ? new LeaseGrant { SessionId = id, Epoch = 1, Leases = [] }
            : type == typeof(SubSessionReport) ? new SubSessionReport { Node = "n", Epoch = 1, Status = SubSessionStatus.Finished }
            : type == typeof(SubSessionKey) ? new SubSessionKey(id, "n")
            : type == typeof(SubSessionStart) ? new SubSessionStart
            {
                Key = new(id, "n"),
                Epoch = 1,
                Lease = new() { Engine = "delay", Instance = KeyOf(typeof(IEngineInstanceGrain)) },
                Inputs = [],
                Outputs = [],
                StopGrace = TimeSpan.Zero,
            }
            : type == typeof(ChannelDelivery) ? new ChannelDelivery { Reader = new(id, "n"), Epoch = 1, Channel = "c", Producer = "p", FirstSequence = 0, Items = [], Ended = true }
            : type == typeof(ApiKey) ? new ApiKey { Id = id, Hash = new string('0', 64), Name = "n", Roles = [], CreatedAt = TimeProvider.System.GetUtcNow() }
            : type == typeof(QuotaReport) ? new QuotaReport { Gateway = Guid.NewGuid(), Limits = new() { OpenSessions = 5 }, Wanted = 1, Uploads = [new(500_000_000, 1)] }
            : type == typeof(ImmutableArray<AuditRecord>) ? ImmutableArray.Create(new AuditRecord { At = TimeProvider.System.GetUtcNow(), Kind = AuditKind.Change, Action = "a" })
            : type == typeof(AuditQuery) ? new AuditQuery()
            : type == typeof(ImmutableArray<KeyUse>) ? ImmutableArray.Create(new KeyUse(id, TimeProvider.System.GetUtcNow()))
            : type == typeof(WebhookSpec) ? Webhook : type == typeof(TapOrder) ? Order
            : type == typeof(WebhookNews) ? new WebhookNews { SubmittedAt = TimeProvider.System.GetUtcNow(), Webhook = Webhook, Channels = [], After = 0, UpTo = 1, Events = [] }
            : type == typeof(InputWrite) ? new InputWrite { Items = [Payload.Json("1"u8.ToArray())] }
            : type == typeof(InputFeedOrder) ? new InputFeedOrder
            {
                Definition = new() { Channel = new() { Name = "channel", Type = ChannelType.Json, External = ExternalDirection.In }, Epoch = 1 },
                Link = new() { Port = "", Channel = "channel", Type = ChannelType.Json, Interested = false, Readers = [] },
            }
            : type == typeof(string) ? id
            : type.IsValueType ? Activator.CreateInstance(type)
            : throw new InvalidOperationException($"A sample of {type} is wanted for {parameter.Member.DeclaringType!.Name}.{parameter.Member.Name}: add it here."); // A method's.
    }

    /// <summary>As a driver's may be: of a namespace that Orleans does not know, without a codec, and with things inside.</summary>
    private sealed class StrangeException(string message, Exception? inner) : Exception(message, inner)
    {
        public object Thing { get; } = new();
    }
}
