using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.DeadLetters;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Results;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.EngineHost.Engines;

/// <summary>One attempt of one sub-session in a slot of this process. Safe for concurrent use.</summary>
/// <remarks>It ends once: by the engine, or by being cut off, whichever comes first. What comes later changes nothing.</remarks>
#pragma warning disable CA1001 // The tokens outlive the run in engines that were cut off; their sources hold nothing to dispose.
internal sealed class EngineRun : IEngineRun
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _writersStopping = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SubSessionReport> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finishedByHand = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunOutputs _outputs;
    private readonly PayloadStore _payloads;
    private readonly EngineEventReporter? _events;
    private readonly Func<DeadLetter, Task> _keep;
    private readonly Action<EngineRun, string> _onErrorByHand;
    private volatile SubSessionReport? _end;
    private volatile RunEnd? _ordered;
    private volatile DeadLetter? _inHand;
    private volatile bool _completed;
    private NodeWarnings? _warnings;
    private long _itemsRead;
    private long _itemsWritten;

    public EngineRun(
        SubSessionStart start,
        EngineDefinition definition,
        string temporaryFolder,
        Inbox inbox,
        Func<OutputLink, CancellationToken, ChannelWriter> openWriter,
        Func<CancellationToken, EngineEventReporter> openEvents,
        PayloadStore payloads,
        RunTelemetry telemetry,
        Func<DeadLetter, Task> keep,
        Action<EngineRun, string> onErrorByHand)
    {
        (Start, Definition, Inbox) = (start, definition, inbox);
        (_payloads, Telemetry, _keep, _onErrorByHand) = (payloads, telemetry, keep, onErrorByHand);
        Began = telemetry.Clock.GetTimestamp();
        Session = new(start.Key.SessionId, start.Key.Node, start.Epoch, temporaryFolder);
        _events = start is { TellsEvents: true, ToldTypes: not { IsEmpty: true } } ? openEvents(_writersStopping.Token) : null;
        _outputs = new(definition, start.Outputs, link => openWriter(link with { Trace = telemetry.Trace?.Place }, _writersStopping.Token));
    }

    public SubSessionStart Start { get; }

    /// <summary>When it began, as its clock counts.</summary>
    public long Began { get; }

    /// <summary>What it tells of itself.</summary>
    public RunTelemetry Telemetry { get; }

    public EngineDefinition Definition { get; }

    public EngineSession Session { get; }

    public Inbox Inbox { get; }

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Ends when the engine said ready.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Ends with the run, with the word for the session.</summary>
    public Task<SubSessionReport> Ended => _ended.Task;

    /// <summary>What the engine threw, for logs and tests; <see langword="null"/> where it only heeded a stop.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Where it stands now.</summary>
    public SubSessionReport Report =>
        _end ?? ReportOf(_ready.Task.IsCompleted ? SubSessionStatus.Ready : SubSessionStatus.Preparing);

    /// <summary>Sends what it writes to a channel to those who listen, from the answered number on; <see langword="null"/> where it is over.</summary>
    public long? Tap(TapOrder order) => _outputs.Tap(order);

    /// <summary>Tells those who listen that it is over; answers how much it wrote to each channel.</summary>
    public ImmutableArray<StoredItems> EndTaps() => _outputs.EndTaps();

    public ValueTask ReadyAsync()
    {
        // Here, and in no method that is awaited: the flow of the engine's work goes on in the span that this begins.
        Telemetry.Trace?.Ready();
        if (_ready.TrySetResult())
        {
            Telemetry.Ready(Telemetry.Clock.GetElapsedTime(Began));
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<EngineInput> ReadAllAsync()
    {
        while (await Inbox.ReadAsync() is { } next)
        {
            var (channel, item) = next;
            _inHand = InHand(channel, item);
            Telemetry.Flow.Read(item.Payload.Length);
            if (Start.Epoch > 1)
            {
                // The item may have been the process's death in the attempt before, and nobody is left to say so then.
                await _keep(_inHand);
            }

            var loaded = WantsLoaded(channel) ? await _payloads.LoadAsync(item.Payload, Stopping) : item.Payload;
            foreach (var port in channel.Ports.TakeWhile(_ => !IsWindingDown))
            {
                yield return new(this, port, item.Producer, item.Sequence, item.Payload, loaded);
            }

            _inHand = null;
            Interlocked.Increment(ref _itemsRead);
        }

        Stopping.ThrowIfCancellationRequested();
        if (!Definition.FinishesByItself)
        {
            await _finishedByHand.Task.WaitAsync(Stopping);
        }
    }

    public bool IsLinked(string port) => _outputs.IsLinked(port);

    public async ValueTask WriteAsync(string port, Payload payload, CancellationToken cancellationToken)
    {
        ThrowIfOver(port);
        var type = _outputs.TypeOf(port);
        if (payload.Type != type)
        {
            throw new BlueEdgeException($"Output '{port}' of engine '{Definition.Id}' is {type}, and was given {payload.Type} ({payload.MediaType}). Write {type} to it.");
        }

        if (payload.Envelope is { } envelope)
        {
            CheckEnvelope(envelope, port);
        }

        if (_outputs.Find(port) is { } writer)
        {
            var writing = writer.WriteAsync(await _payloads.ApplyAsync(Session.SessionId, payload, cancellationToken));
            Interlocked.Increment(ref _itemsWritten);
            Telemetry.Flow.Wrote(payload.Length);
            await (writing.IsCompletedSuccessfully ? Task.CompletedTask : Telemetry.WaitAsync(UnlessStoppedAsync(writing.AsTask(), cancellationToken)));
        }

        if (string.Equals(port, WellKnownPorts.Status, StringComparison.Ordinal))
        {
            var said = StatusMessage.Read(payload);
            await SayAsync(payload, said.Type, cancellationToken);
            Heed(said);
        }
    }

    public ValueTask<Payload> StoreAsync(ChannelType type, string mediaType, Stream content, CancellationToken cancellationToken) =>
        _payloads.StoreAsync(Session.SessionId, type, mediaType, content, cancellationToken);

    public ValueTask<Stream> OpenAsync(Payload payload, CancellationToken cancellationToken) => _payloads.OpenAsync(payload, cancellationToken);

    /// <summary>Has the engine wind down, now: its token fires, and what ends the run from here on is this order.</summary>
    public void Stop(SubSessionStatus status, string reason)
    {
        if (TryOrder(new(status, reason)))
        {
            _ = _writersStopping.CancelAsync();
        }
    }

    /// <summary>Stops the run, and cuts it off where it has not ended after the grace period.</summary>
    /// <returns>Whether it had to be cut off.</returns>
    public async Task<bool> StopAsync(SubSessionStatus status, string reason, TimeSpan grace, TimeProvider clock)
    {
        Stop(status, reason);
        using var patience = new CancellationTokenSource();
        await Task.WhenAny(Ended, Task.Delay(grace, clock, patience.Token));
        await patience.CancelAsync();
        return CutOff(status, reason);
    }

    /// <summary>
    /// Stops the run as canceled, and not its readers: they get what it has written, and hear that it was all. An engine that has
    /// not ended after the grace period is left to itself. The run ends once its outputs have.
    /// </summary>
    /// <returns>Whether the engine was left to itself.</returns>
    public async Task<bool> StopAloneAsync(string reason, TimeSpan grace, TimeProvider clock)
    {
        if (!TryOrder(new(SubSessionStatus.Canceled, reason, EndsOutputs: true)))
        {
            return false;
        }

        using var patience = new CancellationTokenSource();
        await Task.WhenAny(Ended, Task.Delay(grace, clock, patience.Token));
        await patience.CancelAsync();
        if (_completed || Ended.IsCompleted)
        {
            return false;
        }

        DeleteTemporaryFolder();
        return End(await EndAsync(failure: null));
    }

    /// <summary>Ends the run without the engine, which is left to itself and can write no more.</summary>
    /// <returns>Whether it was not over yet.</returns>
    public bool CutOff(SubSessionStatus status, string reason)
    {
        Stop(status, reason);
        DeleteTemporaryFolder();
        return End(Order(_ordered!)); // Set by Stop, if not before.
    }

    public async Task CompleteAsync(Exception? failure)
    {
        _completed = true;
        Failure = failure is OperationCanceledException && Stopping.IsCancellationRequested ? null : failure;
        var report = await EndAsync(failure);
        Inbox.Close();
        DeleteTemporaryFolder();
        End(report);
    }

    private void CheckEnvelope(ItemEnvelope envelope, string port)
    {
        var faults = new FaultCollector();
        EnvelopeRules.Check(envelope, place: "", faults);
        if (faults.Any)
        {
            throw new BlueEdgeException(
                $"Node '{Session.Node}' of session {Session.SessionId} gave an item for output '{port}' what none may have. {string.Join(' ', faults.ToList().Listed.Select(fault => fault.Message))}");
        }
    }

    /// <summary>JSON is in memory when an engine sees it, unless none of the ports wants that.</summary>
    private bool WantsLoaded(InboxChannel channel) => Definition.Inputs.Any(
        input => input is { Type: ChannelType.Json, ByReference: false } && channel.Ports.Contains(input.Name, StringComparer.Ordinal));

    private DeadLetter InHand(InboxChannel channel, InboxItem item) => new()
    {
        Node = Start.Key.Node,
        Epoch = Start.Epoch,
        Channel = channel.Name,
        Producer = item.Producer,
        Sequence = item.Sequence,
        Payload = item.Payload,
    };

    private bool IsWindingDown => _ordered is not null || _finishedByHand.Task.IsCompleted;

    /// <summary>Takes an order where there is none yet. One that also stops the writers takes the place of one that does not.</summary>
    private bool TryOrder(RunEnd order)
    {
        var present = Interlocked.CompareExchange(ref _ordered, order, null);
        if (present is null)
        {
            // What engines have registered on the token may block: not on this thread.
            _ = _stopping.CancelAsync();
            Inbox.Close();
            return true;
        }

        return present.EndsOutputs && !order.EndsOutputs && Interlocked.CompareExchange(ref _ordered, order, present) == present;
    }

    private bool End(SubSessionReport report)
    {
        if (Interlocked.CompareExchange(ref _end, report, null) is not null)
        {
            return false;
        }

        _ended.SetResult(report);
        return true;
    }

    private async Task<SubSessionReport> EndAsync(Exception? failure)
    {
        try
        {
            if (_ordered is { } ordered)
            {
                // What an engine throws once it was told to stop is not why it ends.
                failure = null;
                await (ordered.EndsOutputs ? _outputs.EndAsync() : Task.CompletedTask);
                return Order(ordered);
            }

            if (failure is not null)
            {
                if (_inHand is { } inHand)
                {
                    Telemetry.DeadLettered();
                    await _keep(inHand with { Error = TextOf(failure) });
                }

                await SayErrorAsync(ErrorText.Cut(failure.Message));
                return ReportOf(SubSessionStatus.Failed, TextOf(failure));
            }

            await SayFinishAsync();
            await _outputs.EndAsync();
            return ReportOf(SubSessionStatus.Finished);
        }
        catch (Exception error)
        {
            // Stopped while it said its last words, or the store refused them.
            return _ordered is { EndsOutputs: false } ordered ? Order(ordered) : ReportOf(SubSessionStatus.Failed, TextOf(failure ?? error));
        }
    }

    private async ValueTask SayFinishAsync()
    {
        if (_finishedByHand.Task.IsCompleted)
        {
            return;
        }

        var finish = StatusMessage.OfFinish(Session.Node);
        if (_outputs.Find(WellKnownPorts.Status) is { } status)
        {
            Interlocked.Increment(ref _itemsWritten);
            await status.WriteAsync(finish);
        }

        await SayAsync(finish, StatusMessage.Finish, CancellationToken.None);
    }

    private async ValueTask SayErrorAsync(string message)
    {
        var last = StatusMessage.OfError(Session.Node, message);
        if (_outputs.Find(WellKnownPorts.Status) is { } status)
        {
            Interlocked.Increment(ref _itemsWritten);
            await status.WriteLastAsync(last);
        }

        await SayAsync(last, StatusMessage.Error, CancellationToken.None);
    }

    /// <summary>Has the session hear of a message with a type, where somebody listens: also where no channel takes it.</summary>
    private Task SayAsync(Payload payload, string? type, CancellationToken cancellationToken) =>
        _events is { } events && StatusMessage.ToEvent(payload, type) is { } said && (Start.ToldTypes is not { } told || told.Contains(said.Type, StringComparer.Ordinal))
            ? events.SayAsync(said).WaitAsync(cancellationToken)
            : Task.CompletedTask;

    /// <summary>A stopped engine waits for no room: what it has written goes on without it.</summary>
    private Task UnlessStoppedAsync(Task writing, CancellationToken cancellationToken) =>
        cancellationToken == Stopping ? writing.WaitAsync(Stopping) : writing.WaitAsync(cancellationToken).WaitAsync(Stopping);

    private void ThrowIfOver(string port)
    {
        Stopping.ThrowIfCancellationRequested();
        if (_completed)
        {
            throw new BlueEdgeException($"Node '{Session.Node}' wrote to output '{port}' after its end. Await every write before StopAsync returns.");
        }
    }

    private void Heed((string? Type, string? Message, string? Code) status)
    {
        switch (status.Type)
        {
            case StatusMessage.Finish:
                _finishedByHand.TrySetResult();
                Inbox.Close();
                break;
            case StatusMessage.Error:
                _onErrorByHand(this, ErrorText.Cut(status.Message ?? "it said error, and no message"));
                break;
            case StatusMessage.Warning:
                ImmutableInterlocked.Update(
                    ref _warnings, (warnings, said) => (warnings ?? NodeWarnings.None).Add(Session.Node, said.Code, said.Message), status);
                break;
        }
    }

    private void DeleteTemporaryFolder()
    {
        if (!Session.HasTemporaryFolder)
        {
            return;
        }

        try
        {
            Directory.Delete(Session.TemporaryFolder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone, or something still writes there: what is left goes with the process, or when the next one starts.
        }
    }

    /// <summary>What users read: the project's own exceptions are written for them, of others the kind says much.</summary>
    private static string TextOf(Exception error) => ErrorText.Cut(
        error is BlueEdgeException ? error.Message : $"{error.GetType().Name}: {error.Message}");

    private SubSessionReport Order(RunEnd ordered) => ReportOf(ordered.Status, ordered.Reason);

    private SubSessionReport ReportOf(SubSessionStatus status, string? error = null) => new()
    {
        Node = Start.Key.Node,
        Epoch = Start.Epoch,
        Status = status,
        Error = error,
        ItemsRead = Interlocked.Read(ref _itemsRead),
        ItemsWritten = Interlocked.Read(ref _itemsWritten),
        ItemsDropped = Inbox.Dropped,
        Warnings = Volatile.Read(ref _warnings),
        Stored = status.IsTerminal() ? _outputs.Stored : null,
    };
}
