using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Engines;

/// <summary>One attempt of one sub-session in a slot of this process. Safe for concurrent use.</summary>
/// <remarks>It ends once: by the engine, or by being cut off, whichever comes first. What comes later changes nothing.</remarks>
#pragma warning disable CA1001 // The token outlives the run in engines that were cut off; its source holds nothing to dispose.
internal sealed class EngineRun : IEngineRun
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SubSessionReport> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _finishedByHand = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, ChannelWriter> _outputs;
    private readonly ClaimCheck _claimCheck;
    private readonly IBlobStore _blobs;
    private readonly int _claimCheckBytes;
    private readonly Action<EngineRun, string> _onErrorByHand;
    private volatile SubSessionReport? _end;
    private volatile string? _stopReason;
    private volatile string? _errorByHand;
    private long _itemsRead;
    private long _itemsWritten;

    public EngineRun(
        SubSessionStart start,
        EngineDefinition definition,
        string temporaryFolder,
        Inbox inbox,
        Func<OutputLink, CancellationToken, ChannelWriter> openWriter,
        ClaimCheck claimCheck,
        IBlobStore blobs,
        int claimCheckBytes,
        Action<EngineRun, string> onErrorByHand)
    {
        (Start, Definition, Inbox, _onErrorByHand) = (start, definition, inbox, onErrorByHand);
        (_claimCheck, _blobs, _claimCheckBytes) = (claimCheck, blobs, claimCheckBytes);
        Session = new(start.Key.SessionId, start.Key.Node, start.Epoch, temporaryFolder);
        _outputs = start.Outputs.ToDictionary(link => link.Port, link => openWriter(link, _stopping.Token), StringComparer.Ordinal);
    }

    public SubSessionStart Start { get; }

    public EngineDefinition Definition { get; }

    public EngineSession Session { get; }

    public Inbox Inbox { get; }

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Ends when the engine said ready.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Ends with the run, with the word for the session.</summary>
    public Task<SubSessionReport> Ended => _ended.Task;

    /// <summary>Where it stands now.</summary>
    public SubSessionReport Report =>
        _end ?? ReportOf(_ready.Task.IsCompleted ? SubSessionStatus.Ready : SubSessionStatus.Preparing);

    public ValueTask ReadyAsync()
    {
        _ready.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<EngineInput> ReadAllAsync()
    {
        while (await Inbox.ReadAsync() is { } item)
        {
            var payload = item.Payload is { Type: ChannelType.Json, Blob: not null } ? await LoadAsync(item.Payload) : item.Payload;
            foreach (var port in item.Channel.Ports)
            {
                yield return new(this, port, item.Producer, item.Sequence, payload);
            }

            Interlocked.Increment(ref _itemsRead);
        }

        Stopping.ThrowIfCancellationRequested();
        if (!Definition.FinishesByItself)
        {
            await _finishedByHand.Task.WaitAsync(Stopping);
        }
    }

    public bool IsLinked(string port) => _outputs.ContainsKey(port) || (Find(port) is null ? throw NoOutput(port) : false);

    public async ValueTask WriteAsync(string port, Payload payload, CancellationToken cancellationToken)
    {
        Stopping.ThrowIfCancellationRequested();
        var type = (Find(port) ?? throw NoOutput(port)).Type;
        if (payload.Type != type)
        {
            throw new BlueEdgeException($"Output '{port}' of engine '{Definition.Id}' is {type}, and was given {payload.Type} ({payload.MediaType}). Write {type} to it.");
        }

        if (_outputs.TryGetValue(port, out var writer))
        {
            var writing = writer.WriteAsync(await _claimCheck.ApplyAsync(Session.SessionId, payload, cancellationToken));
            Interlocked.Increment(ref _itemsWritten);
            await writing;
        }

        if (string.Equals(port, WellKnownPorts.Status, StringComparison.Ordinal))
        {
            Heed(StatusMessage.Read(payload));
        }
    }

    public async ValueTask<Payload> StoreAsync(ChannelType type, string mediaType, Stream content, CancellationToken cancellationToken)
    {
        // Short streams are worth no file: read up to the threshold first.
        var head = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while (head.Length <= _claimCheckBytes && (read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            head.Write(buffer, 0, read);
        }

        if (head.Length <= _claimCheckBytes)
        {
            return Payload.Inline(type, mediaType, head.GetBuffer().AsMemory(0, (int)head.Length));
        }

        head.Position = 0;
        await using var whole = new ConcatenatedStream(head, content);
        var (blob, length) = await _blobs.WriteAsync(Session.SessionId, whole, cancellationToken);
        return Payload.ByReference(type, mediaType, blob, length);
    }

    public async ValueTask<Stream> OpenAsync(Payload payload, CancellationToken cancellationToken) => payload.Blob is { } blob
        ? await _blobs.OpenAsync(blob, cancellationToken)
        : new ReadOnlyMemoryStream(payload.Bytes);

    /// <summary>Has the engine wind down: its token fires now.</summary>
    public void Stop(string reason)
    {
        if (Interlocked.CompareExchange(ref _stopReason, reason, null) is null)
        {
            Inbox.Close();

            // What engines have registered on the token may block: not on this thread.
            _ = _stopping.CancelAsync();
        }
    }

    /// <summary>Ends the run without the engine, which is left to itself and can write no more.</summary>
    /// <returns>Whether it was not over yet.</returns>
    public bool CutOff(SubSessionStatus status, string reason)
    {
        Stop(reason);
        return End(ReportOf(status, reason));
    }

    public async Task CompleteAsync(Exception? failure)
    {
        var report = await EndAsync(failure);
        Inbox.Close();
        End(report);
        if (Session.HasTemporaryFolder)
        {
            DeleteTemporaryFolder();
        }
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
            if (_errorByHand is { } message)
            {
                return ReportOf(SubSessionStatus.Failed, message);
            }

            if (_stopReason is { } reason)
            {
                return ReportOf(SubSessionStatus.Canceled, reason);
            }

            if (failure is null)
            {
                await SayAsync(_finishedByHand.Task.IsCompleted ? null : StatusMessage.OfFinish(Session.Node));
                await Task.WhenAll(_outputs.Values.Select(output => output.EndAsync()));
                return ReportOf(SubSessionStatus.Finished);
            }

            var error = failure is BlueEdgeException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}";
            await SayAsync(StatusMessage.OfError(Session.Node, failure.Message));
            return ReportOf(SubSessionStatus.Failed, error);
        }
        catch (Exception error)
        {
            // Stopped while it said its last words, or the store refused them.
            return _stopReason is { } reason
                ? ReportOf(SubSessionStatus.Canceled, reason)
                : ReportOf(SubSessionStatus.Failed, (failure ?? error).Message);
        }
    }

    private async ValueTask SayAsync(Payload? message)
    {
        if (message is not null && _outputs.TryGetValue(WellKnownPorts.Status, out var status))
        {
            Interlocked.Increment(ref _itemsWritten);
            await status.WriteAsync(message);
        }
    }

    private void Heed((string? Type, string? Message) status)
    {
        switch (status.Type)
        {
            case StatusMessage.Finish:
                _finishedByHand.TrySetResult();
                Inbox.Close();
                break;
            case StatusMessage.Error:
                _errorByHand ??= status.Message ?? "it said error, and no message";
                _onErrorByHand(this, _errorByHand);
                break;
        }
    }

    private async Task<Payload> LoadAsync(Payload payload)
    {
        await using var content = await OpenAsync(payload, Stopping);
        var bytes = new byte[payload.Length];
        await content.ReadExactlyAsync(bytes, Stopping);
        return Payload.Json(bytes);
    }

    private void DeleteTemporaryFolder()
    {
        try
        {
            Directory.Delete(Session.TemporaryFolder, recursive: true);
        }
        catch (IOException)
        {
            // Something still writes there; what is left goes when the process starts next.
        }
    }

    private PortDefinition? Find(string port)
    {
        foreach (var output in Definition.Outputs)
        {
            if (string.Equals(output.Name, port, StringComparison.Ordinal))
            {
                return output;
            }
        }

        return null;
    }

    private BlueEdgeException NoOutput(string port) => new(
        $"Engine '{Definition.Id}' has no output '{port}'; it has: {string.Join(", ", Definition.Outputs.Select(output => output.Name))}.");

    private SubSessionReport ReportOf(SubSessionStatus status, string? error = null) => new()
    {
        Node = Start.Key.Node,
        Epoch = Start.Epoch,
        Status = status,
        Error = error,
        ItemsRead = Interlocked.Read(ref _itemsRead),
        ItemsWritten = Interlocked.Read(ref _itemsWritten),
    };
}
