using System.Globalization;
using BlueEdge.Blobs;
using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Testing;

/// <summary>What a silo would give to one sub-session, made for a test.</summary>
internal sealed class EngineTestRun : IAsyncDisposable
{
    private readonly EngineTestSetup _setup;
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-test-").FullName;
    private readonly Dictionary<string, EngineTestOutput> _outputs;
    private readonly ServiceProvider _services;
    private Task _pump = Task.CompletedTask;

    private EngineTestRun(EngineTestSetup setup)
    {
        _setup = setup;
        var definition = setup.Definition.Build();
        var inputs = Linked(definition.Id, "input", definition.Inputs, setup.Inputs);
        var outputs = Linked(definition.Id, "output", definition.Outputs, setup.Outputs);
        var blobs = new FolderBlobStore(Options.Create(new FolderBlobStoreOptions { Path = Path.Combine(_folder, "blobs") }));
        var channels = Options.Create(new ChannelOptions { ClaimCheckBytes = setup.ClaimCheckBytes });
        var key = new SubSessionKey(setup.SessionId, setup.Node);
        var start = new SubSessionStart
        {
            Key = key,
            Epoch = setup.Epoch,
            Lease = new Lease { Engine = definition.Id, Instance = EngineTestInput.Writer },
            Inputs = [.. inputs.Select(port => new InputLink { Port = port.Name, Channel = port.Name, Type = port.Type, Writers = [EngineTestInput.Writer] })],
            Outputs = [.. outputs.Select(port => new OutputLink { Port = port.Name, Channel = port.Name, Type = port.Type, Interested = false, Readers = [Reader] })],
            StopGrace = setup.StopGrace,
        };
        var inbox = new Inbox(start.Inputs, int.MaxValue, long.MaxValue);
        Blobs = blobs;
        Payloads = new(blobs, new ClaimCheck(blobs, channels), channels);
        Inputs = inputs.ToDictionary(port => port.Name, port => new EngineTestInput(inbox, key, setup.Epoch, port), StringComparer.Ordinal);
        _outputs = outputs.ToDictionary(port => port.Name, _ => new EngineTestOutput(), StringComparer.Ordinal);
        var transport = new EngineTestTransport(_outputs);
        TemporaryFolder = Path.Combine(_folder, "temporary");
        Run = new(
            start,
            definition,
            TemporaryFolder,
            inbox,
            (link, stopping) => new(
                link, key, setup.Epoch, transport, new NoResultStore(), int.MaxValue, long.MaxValue, setup.Clock, NullLogger<ChannelWriter>.Instance, stopping),
            _ => throw new InvalidOperationException("A test's run has no session that listens."),
            Payloads,
            _ => Task.CompletedTask,
            (run, error) => _ = run.StopAsync(SubSessionStatus.Failed, error, setup.StopGrace, setup.Clock));
        setup.Services.AddLogging();
        setup.Services.AddSingleton(setup.Clock);
        _services = setup.Services.BuildServiceProvider();
    }

    public EngineRun Run { get; }

    public FolderBlobStore Blobs { get; }

    public PayloadStore Payloads { get; }

    public IReadOnlyDictionary<string, EngineTestInput> Inputs { get; }

    public string TemporaryFolder { get; }

    private static ChannelEnd Reader => new() { Name = EngineTestInput.Writer, Address = EngineTestInput.Writer };

    public static EngineTestRun Begin<TEngine>(EngineTestSetup setup)
        where TEngine : EngineGrain
    {
        var test = new EngineTestRun(setup);
        test._pump = Task.Factory.StartNew(
            test.PumpAsync<TEngine>, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        _ = test.EndOutputsAsync();
        return test;
    }

    public void Stop(string reason) => _ = Run.StopAsync(SubSessionStatus.Canceled, reason, _setup.StopGrace, _setup.Clock);

    public EngineTestInput Input(string port) => Inputs.TryGetValue(port, out var input)
        ? input
        : throw new ArgumentException($"Engine '{Run.Definition.Id}' has no linked input '{port}'; linked are: {string.Join(", ", Inputs.Keys)}.", nameof(port));

    public EngineTestOutput Output(string port) => _outputs.TryGetValue(port, out var output)
        ? output
        : throw new ArgumentException($"Engine '{Run.Definition.Id}' has no linked output '{port}'; linked are: {string.Join(", ", _outputs.Keys)}.", nameof(port));

    public async Task<EngineTestItem?> ReadAsync(string port)
    {
        var output = Output(port);
        using var patience = new CancellationTokenSource();
        var reading = output.ReadAsync(patience.Token);
        try
        {
            await WithinAsync(reading, () => string.Create(CultureInfo.InvariantCulture, $"wrote nothing to output '{port}' after its first {output.Count} items, and did not end it"));
        }
        finally
        {
            await patience.CancelAsync();
        }

        if (await reading is not { } payload)
        {
            return null;
        }

        var loaded = await Payloads.LoadAsync(payload, CancellationToken.None);
        return new(payload, loaded.Bytes);
    }

    /// <summary>Waits within the time limit.</summary>
    /// <exception cref="TimeoutException">It was exceeded; the message says by what.</exception>
    public async Task WithinAsync(Task task, Func<string> missing)
    {
        try
        {
            // By the system's clock: a test's own may stand still.
            await task.WaitAsync(_setup.TimeLimit, TimeProvider.System);
        }
        catch (TimeoutException error) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Engine '{Run.Definition.Id}' {missing()} within {_setup.TimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s: {Describe()}.", error);
        }
    }

    /// <summary>Where the engine stands, for messages.</summary>
    public string Describe()
    {
        var report = Run.Report;
        var open = Inputs.Values.Where(input => !input.HasEnded).Select(input => input.Port.Name).ToList();
        var inputs = open.Count == 0 ? "all inputs have ended" : $"not ended are the inputs {string.Join(", ", open)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"it is {report.Status}{(report.Error is null ? "" : $" ({report.Error})")}, has processed {report.ItemsRead} items and written {report.ItemsWritten}; {inputs}");
    }

    public async ValueTask DisposeAsync()
    {
        Run.CutOff(SubSessionStatus.Canceled, "the test is over");
        await WithinAsync(_pump, () => "has been told to stop, and did not return");
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static PortDefinition[] Linked(string engine, string kind, IEnumerable<PortDefinition> ports, IReadOnlyCollection<string>? chosen)
    {
        var all = ports.ToArray();
        if (chosen?.FirstOrDefault(name => !Array.Exists(all, port => string.Equals(port.Name, name, StringComparison.Ordinal))) is { } unknown)
        {
            throw new ArgumentException($"Engine '{engine}' has no {kind} '{unknown}'; it has: {string.Join(", ", all.Select(port => port.Name))}.", nameof(chosen));
        }

        return chosen is null ? all : [.. all.Where(port => chosen.Contains(port.Name, StringComparer.Ordinal))];
    }

    private async Task PumpAsync<TEngine>()
        where TEngine : EngineGrain
    {
        TEngine engine;
        try
        {
            engine = ActivatorUtilities.CreateInstance<TEngine>(_services);
        }
        catch (Exception error)
        {
            Run.CutOff(SubSessionStatus.Failed, $"it could not be activated: {error.GetBaseException().Message}");
            return;
        }

        await engine.RunAsync(Run);
    }

    private async Task EndOutputsAsync()
    {
        await Run.Ended;
        foreach (var output in _outputs.Values)
        {
            output.End();
        }
    }
}
