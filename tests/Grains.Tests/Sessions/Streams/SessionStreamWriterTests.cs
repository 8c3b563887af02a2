using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net;
using System.Threading.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Grains.Sessions.Streams;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Metadata;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions.Streams;

/// <summary>What happens to a silo's sessions on its way to the stream.</summary>
public sealed class SessionStreamWriterTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Channel<SessionStreamEvent> _written = Channel.CreateUnbounded<SessionStreamEvent>();
    private readonly Channel<int> _tries = Channel.CreateUnbounded<int>();
    private readonly SessionStreamBuffer _buffer;
    private readonly SessionStreamWriter _writer;
    private readonly Manifests _manifests = new();
    private bool _isAway;

    public SessionStreamWriterTests()
    {
        SessionStreamMetrics metrics = new(_services.GetRequiredService<IMeterFactory>());
        _buffer = new("silo", 16 * 1024, metrics, _clock);
        _writer = new(_buffer, WriteAsync, _manifests, metrics, _clock, NullLogger<SessionStreamWriter>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _isAway = false;
        await _writer.StopAsync(CancellationToken.None);
        _writer.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Every_stored_change_is_written_under_its_version_behind_the_silos_first_word()
    {
        await _writer.StartAsync(Ct);
        using SiloNews news = new(_clock, _buffer);
        var store = new MemorySessionStore();
        var record = new SessionRecord("s", store, news) { Spec = Chain(1, 1) };
        var created = new SessionState { Epoch = 1, Status = SessionStatus.Pending, Tenant = "blue", SubmittedAt = _clock.GetUtcNow(), Nodes = [new()] };

        await record.WriteAsync(SessionState.None, created);
        await record.WriteAsync(created, created with { Told = 1 });
        await record.WriteAsync(created, created with { Status = SessionStatus.Queuing, Epoch = 2 });
        store.Refuses = (_, _) => true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => record.WriteAsync(created, created with { Status = SessionStatus.Processing }));

        Assert.False(news.IsOpen);
        Assert.NotNull((await NextAsync()).Gap);
        var (first, second, third, missing) = (await NextAsync(), await NextAsync(), await NextAsync(), await NextAsync());
        Assert.Equal(("s", "blue", created.SubmittedAt, 1L, 1, SessionStatus.Pending), (first.SessionId, first.Tenant, first.SubmittedAt, first.Number, first.Epoch, first.Status));
        Assert.Equal(SessionStatus.Pending, Assert.Single(first.Events).Status);
        Assert.Equal((2L, 0), (second.Number, second.Events.Length));
        Assert.Equal((3L, 2, SessionStatus.Queuing), (third.Number, third.Epoch, third.Status));
        Assert.Equal(("s", 0L, true), (missing.SessionId, missing.Number, missing.Gap is not null));
    }

    [Fact]
    public async Task What_is_not_taken_is_written_again_until_it_is()
    {
        _isAway = true;
        await _writer.StartAsync(Ct);
        await TriedAsync();
        _buffer.AddGap("s", "why");

        _isAway = false;
        await AdvanceUntilAsync(HeardAsync());

        async Task HeardAsync() => Assert.Equal([null, "s"], [(await NextAsync()).SessionId, (await NextAsync()).SessionId]);
    }

    [Fact]
    public async Task A_core_silo_that_left_is_told_of_as_a_gap_and_one_that_came_is_not()
    {
        var (staying, leaving) = (SiloAddress.New(IPAddress.Loopback, 1, 1), SiloAddress.New(IPAddress.Loopback, 2, 1));
        await _writer.StartAsync(Ct);
        await NextAsync();

        _manifests.Tell(staying, leaving);
        _manifests.Tell(staying);

        var told = await NextAsync();
        Assert.Null(told.SessionId);
        Assert.Contains($"{leaving} left", told.Gap, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silo_that_stops_writes_what_it_has()
    {
        await _writer.StartAsync(Ct);
        await NextAsync();
        _buffer.AddGap("s", "why");

        await _writer.StopAsync(Ct);

        Assert.Equal("s", (await NextAsync()).SessionId);
    }

    [Fact]
    public async Task A_silo_that_stops_gives_up_soon()
    {
        _isAway = true;
        await _writer.StartAsync(Ct);
        await TriedAsync();

        await AdvanceUntilAsync(_writer.StopAsync(Ct));
    }

    /// <summary>A fake clock moves timers only that are there: it is moved until what is waited for comes.</summary>
    private async Task AdvanceUntilAsync(Task done)
    {
        while (!done.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await done;
    }

    private Task WriteAsync(IReadOnlyList<SessionStreamEvent> events)
    {
        _tries.Writer.TryWrite(0);
        if (_isAway)
        {
            throw new IOException("Kafka is away.");
        }

        foreach (var each in events)
        {
            _written.Writer.TryWrite(each);
        }

        return Task.CompletedTask;
    }

    private async Task<SessionStreamEvent> NextAsync() => await _written.Reader.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    private async Task TriedAsync() => await _tries.Reader.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    /// <summary>The cluster's members as they are told.</summary>
    private sealed class Manifests : IClusterManifestProvider
    {
        private static readonly GrainManifest Sessions = new(
            ImmutableDictionary.Create<GrainType, GrainProperties>().Add(GrainType.Create(SiloNewsGrain.TypeName), new(ImmutableDictionary.Create<string, string>(StringComparer.Ordinal))),
            ImmutableDictionary.Create<GrainInterfaceType, GrainInterfaceProperties>());

        private readonly Channel<ClusterManifest> _updates = Channel.CreateUnbounded<ClusterManifest>();

        public ClusterManifest Current { get; private set; } = Of([]);

        public IAsyncEnumerable<ClusterManifest> Updates => _updates.Reader.ReadAllAsync();

        public GrainManifest LocalGrainManifest => throw new NotSupportedException();

        /// <summary>From now on these silos, which have sessions, are there.</summary>
        public void Tell(params SiloAddress[] silos) => _updates.Writer.TryWrite(Current = Of(silos));

        private static ClusterManifest Of(SiloAddress[] silos) => new(MajorMinorVersion.Zero, silos.ToImmutableDictionary(silo => silo, _ => Sessions));
    }
}
