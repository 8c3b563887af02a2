using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BlueEdge.EngineHost.Trials;

/// <summary>
/// One attempt of one sub-session, with its inbox and outputs as in a silo, without a cluster: what BlueEdge.Testing is made of. Whoever
/// tries an engine has it work on <see cref="Run"/>. Safe for concurrent use.
/// </summary>
public sealed class EngineTrial
{
    private readonly EngineTrialSetup _setup;
    private readonly EngineRun _run;
    private readonly PayloadStore _payloads;
    private readonly Dictionary<string, TrialInput> _inputs;

    /// <summary>Begins the attempt.</summary>
    public EngineTrial(EngineTrialSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _setup = setup;
        var start = new SubSessionStart
        {
            Key = setup.Key,
            Epoch = setup.Epoch,
            Lease = new() { Engine = setup.Definition.Id, Instance = TrialInput.Writer },
            Inputs = [.. setup.Inputs.Select(port => new InputLink { Port = port.Name, Channel = port.Name, Type = port.Type, Writers = [TrialInput.Writer] })],
            Outputs = [.. setup.Outputs.Select(port => new OutputLink { Port = port.Name, Channel = port.Name, Type = port.Type, Interested = false, Readers = [Reader] })],
            StopGrace = setup.StopGrace,
        };
        var inbox = new Inbox(start.Inputs, int.MaxValue, long.MaxValue);
        var channels = Options.Create(new ChannelOptions { ClaimCheckBytes = setup.ClaimCheckBytes });
        var transport = new TrialTransport(setup.OnWritten);
        _payloads = new(setup.Blobs, new ClaimCheck(setup.Blobs, channels), channels);
        _inputs = setup.Inputs.ToDictionary(port => port.Name, port => new TrialInput(inbox, setup.Key, setup.Epoch, port.Name), StringComparer.Ordinal);
        _run = new(
            start,
            setup.Definition,
            setup.TemporaryFolder,
            inbox,
            (link, stopping) => new(
                link, setup.Key, setup.Epoch, transport, new NoResultStore(), int.MaxValue, long.MaxValue, setup.Clock, NullLogger<ChannelWriter>.Instance, stopping),
            _ => throw new InvalidOperationException("A trial has no session that listens."),
            _payloads,
            RunTelemetry.None(setup.Clock),
            _ => Task.CompletedTask,
            (run, error) => _ = run.StopAsync(SubSessionStatus.Failed, error, setup.StopGrace, setup.Clock));
    }

    /// <summary>What the engine works on.</summary>
    public IEngineRun Run => _run;

    /// <summary>Ends when the engine said ready.</summary>
    public Task Ready => _run.Ready;

    /// <summary>Ends with the attempt.</summary>
    public Task Ended => _run.Ended;

    /// <summary>What the engine threw; <see langword="null"/> where it threw nothing, or only heeded a stop.</summary>
    public Exception? Failure => _run.Failure;

    /// <summary>Where it stands now.</summary>
    public EngineTrialReport Report
    {
        get
        {
            var report = _run.Report;
            return new(report.Status, report.Error, report.ItemsRead, report.ItemsWritten, report.Warnings is { } warnings ? [.. warnings.Tell(report.Node)] : []);
        }
    }

    private static ChannelEnd Reader => new() { Name = TrialInput.Writer, Address = TrialInput.Writer };

    /// <summary>Sends an item to a linked input; where the attempt is over it goes nowhere.</summary>
    /// <exception cref="InvalidOperationException">The input has ended.</exception>
    public void Send(string port, Payload payload) => _inputs[port].Send(payload);

    /// <summary>Says that no more comes to a linked input; doing it again changes nothing.</summary>
    public void EndInput(string port) => _inputs[port].End();

    /// <summary>Whether more may come to a linked input.</summary>
    public bool IsOpen(string port) => !_inputs[port].HasEnded;

    /// <summary>The payload as it travels: itself, or a reference to it where it is large.</summary>
    public ValueTask<Payload> PackAsync(Payload payload, CancellationToken cancellationToken) =>
        _payloads.ApplyAsync(_setup.Key.SessionId, payload, cancellationToken);

    /// <summary>A stream's content as it travels: read to its end, into memory where it is short, else into the blob store.</summary>
    public ValueTask<Payload> PackAsync(ChannelType type, string mediaType, Stream content, CancellationToken cancellationToken) =>
        _payloads.StoreAsync(_setup.Key.SessionId, type, mediaType, content, cancellationToken);

    /// <summary>The payload with its content in memory.</summary>
    public ValueTask<Payload> UnpackAsync(Payload payload, CancellationToken cancellationToken) => _payloads.LoadAsync(payload, cancellationToken);

    /// <summary>Cancels the attempt: its token fires at once; what has not ended after the grace period is cut off.</summary>
    public void Stop(string reason) => _ = _run.StopAsync(SubSessionStatus.Canceled, reason, _setup.StopGrace, _setup.Clock);

    /// <summary>Ends the attempt at once, whatever the engine does.</summary>
    public void CutOff(SubSessionStatus status, string reason) => _run.CutOff(status, reason);
}
