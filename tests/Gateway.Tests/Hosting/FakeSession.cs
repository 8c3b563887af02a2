using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.DeadLetters;
using BlueEdge.Results;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Validation;
using BlueEdge.Webhooks;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>
/// A session in memory that keeps the contract of <see cref="ISessionGrain"/> and moves only when the test says so: for what
/// the real one cannot be made to do on demand.
/// </summary>
internal sealed class FakeSession(string sessionId, FakeGrains grains) : ISessionGrain
{
    private readonly Dictionary<string, List<Payload>> _results = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = NewSignal();
    private string? _fingerprint;
    private SessionSnapshot? _snapshot;
    private int _waiting;

    public SessionSpec? Spec { get; private set; }

    public ImmutableArray<DeadLetter> DeadLetters { get; set; } = [];

    public ImmutableArray<WebhookSnapshot> Webhooks { get; set; } = [];

    /// <summary>How often <see cref="WaitAsync"/> was called.</summary>
    public int Waits { get; private set; }

    /// <summary>How many wait now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void Begin(params string[] interested) => Begin(
        new SessionSpec { Channels = [.. interested.Select(name => new ChannelSpec { Name = name, Type = ChannelType.Json, Interested = true })], Nodes = [] });

    /// <summary>Is no more, as when its retention is over.</summary>
    public void Vanish()
    {
        _snapshot = null;
        TellChange();
    }

    /// <summary>Lets go of what it was given.</summary>
    public void Forget() => Spec = null;

    public void Write(string channel, params Payload[] items)
    {
        if (!_results.TryGetValue(channel, out var results))
        {
            _results[channel] = results = [];
        }

        results.AddRange(items);
        TellChange();
    }

    /// <summary>Begins again, as after an engine that failed.</summary>
    public void BeginAttempt()
    {
        _results.Clear();
        _snapshot = _snapshot! with { Epoch = _snapshot.Epoch + 1 }; // Begun by the test.
        TellChange();
    }

    public void Move(SessionStatus status, string? reason = null)
    {
        _snapshot = _snapshot! with { Status = status, Reason = reason }; // Begun by the test.
        if (status.IsTerminal())
        {
            _ended.TrySetResult();
        }

        TellChange();
    }

    /// <summary>Waits for nothing: where the test has not had the session end, the gateway has to go on waiting by itself.</summary>
    public async Task<SubmitResult> RunAsync(SessionSpec spec, string? fingerprint, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var submitted = await SubmitAsync(spec, fingerprint, cancellationToken);
        grains.Run?.Invoke(this);
        return _snapshot is { } ended && ended.Status.IsTerminal()
            ? submitted with { Session = ended, Results = [.. ended.InterestedChannels.Select(channel => Read(new() { Channel = channel }))] }
            : submitted;
    }

    public async Task<SubmitResult> SubmitAsync(SessionSpec spec, string? fingerprint, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(SubmitAsync));
        if (_snapshot is null)
        {
            if (SessionValidator.Validate(spec, grains.Engines, grains.Limits) is { IsEmpty: false } faults)
            {
                return new() { Outcome = SubmitOutcome.Invalid, Faults = faults.Listed, FurtherFaults = faults.Further };
            }

            _fingerprint = fingerprint;
            Begin(spec);
        }

        return fingerprint is not null && fingerprint != _fingerprint
            ? new() { Outcome = SubmitOutcome.Conflict }
            : new() { Outcome = SubmitOutcome.Accepted, Session = _snapshot };
    }

    public async Task<SessionSnapshot?> FindAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FindAsync));
        return _snapshot;
    }

    public async Task<SessionSnapshot?> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Waits++;
        Assert.InRange(atMost, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        await grains.TroubleAsync(nameof(WaitAsync));
        var delay = Task.Delay(atMost, grains.Time, cancellationToken);
        Interlocked.Increment(ref _waiting);
        try
        {
            await Task.WhenAny(_ended.Task, delay);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return _snapshot;
    }

    public async Task<SessionSnapshot?> WatchAsync(SessionStatus status, int epoch, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(WatchAsync));
        await ChangedAsync(() => _snapshot is not { } now || now.Status != status || now.Epoch != epoch, atMost, cancellationToken);
        return _snapshot;
    }

    public async Task<SessionSnapshot?> StopAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(StopAsync));
        if (_snapshot is { Status: SessionStatus.Pending })
        {
            Move(SessionStatus.Canceled, "stopped");
        }

        return _snapshot;
    }

    public async Task<ImmutableArray<ResultPage>?> ReadResultsAsync(
        ImmutableArray<ResultQuery> queries, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(ReadResultsAsync));
        return _snapshot is null ? null : [.. queries.Select(Read)];
    }

    public Task<ImmutableArray<DeadLetter>?> ReadDeadLettersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<DeadLetter>?>(_snapshot is null ? null : DeadLetters);

    public SubSessionSnapshot? FindNode(string name) => _snapshot?.Nodes.FirstOrDefault(node => node.Name == name) is { } found
        ? new() { SessionId = sessionId, SessionStatus = _snapshot.Status, Epoch = _snapshot.Epoch, Node = found }
        : null;

    public void StopNode(string name) => _snapshot = _snapshot is null
        ? null
        : _snapshot with { Nodes = [.. _snapshot.Nodes.Select(node => node.Name == name ? node with { StopRequested = true } : node)] };

    public void Begin(SessionSpec spec)
    {
        Spec = spec;
        _snapshot = new()
        {
            SessionId = sessionId,
            Status = SessionStatus.Pending,
            Nodes = [.. spec.Nodes.Select(node => new NodeSnapshot { Name = node.Name, Engine = node.Engine, Status = SubSessionStatus.Waiting })],
            InterestedChannels = [.. spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name)],
            Position = new() { Current = 3, TotalPending = 5, TotalQueuing = 2, WaitsFor = [new() { Engine = "hello", LackingSlots = 1, Instances = 0, NeededSlots = 1 }] },
            SubmittedAt = grains.Time.GetUtcNow(),
            Epoch = 1,
            Warnings = Specs.WarningsOf(spec),
            ExternalChannels = [.. spec.Channels.Where(channel => channel.External is not ExternalDirection.None)],
        };
    }

    private ResultPage Read(ResultQuery query)
    {
        var all = _results.GetValueOrDefault(query.Channel, []);
        var items = all.Skip((int)Math.Min(query.Offset, int.MaxValue)).Take(Math.Min(query.Limit, grains.PageItems)).ToImmutableArray();
        var end = query.Offset + items.Length;
        return new() { Channel = query.Channel, Items = items, Total = all.Count, NextOffset = end < all.Count ? end : null };
    }

    public List<SessionEvent> Events { get; } = [];

    /// <summary>Waits for nothing: until the session has ended, the gateway has to ask again by itself.</summary>
    public async Task<SessionEventPage?> FollowEventsAsync(long after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FollowEventsAsync));
        ImmutableArray<SessionEvent> events = [.. Events.Skip((int)long.Min(after, int.MaxValue)).Take(SessionEventPage.Most)];
        var isKept = Spec?.KeepsEvents ?? false;
        return _snapshot is null ? null : new()
        {
            Events = events,
            IsKept = isKept,
            IsLast = !isKept || (_snapshot.Status.IsTerminal() && after + events.Length >= Events.Count),
        };
    }

    public async Task<ResultBatch?> FollowResultsAsync(string channel, int epoch, long offset, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(FollowResultsAsync));
        await ChangedAsync(() => ReadBatch(channel, epoch, offset) is not { Items.IsEmpty: true, IsLast: false }, atMost, cancellationToken);
        return ReadBatch(channel, epoch, offset);
    }

    private ResultBatch? ReadBatch(string channel, int epoch, long offset)
    {
        if (_snapshot is not { } now)
        {
            return null;
        }

        var from = epoch == now.Epoch ? offset : 0;
        var page = Read(new() { Channel = channel, Offset = from });
        return new() { Epoch = now.Epoch, Offset = from, Items = page.Items, IsLast = now.Status.IsTerminal() && page.NextOffset is null };
    }

    /// <summary>Counts those who wait.</summary>
    private async Task ChangedAsync(Func<bool> isThere, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var delay = Task.Delay(atMost, grains.Time, cancellationToken);
        Interlocked.Increment(ref _waiting);
        try
        {
            while (Volatile.Read(ref _changed).Task is var changed && !isThere() && !delay.IsCompleted)
            {
                await Task.WhenAny(changed, delay);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void TellChange() => Interlocked.Exchange(ref _changed, NewSignal()).TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task<ImmutableArray<WebhookSnapshot>?> ReadWebhooksAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(ReadWebhooksAsync));
        return _snapshot is null ? null : Webhooks;
    }

    public async Task<WebhookDelivery?> RedeliverAsync(DeliveryId delivery, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(RedeliverAsync));
        return Webhooks.SelectMany(webhook => webhook.Deliveries).FirstOrDefault(one => one.Id == delivery.ToString());
    }
}
