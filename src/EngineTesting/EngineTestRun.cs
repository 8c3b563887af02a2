using System.Globalization;
using BlueEdge.Blobs;
using BlueEdge.EngineHost.Trials;
using BlueEdge.Engines;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
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
        Blobs = new(Options.Create(new FolderBlobStoreOptions { Path = Path.Combine(_folder, "blobs") }));
        Definition = definition;
        Inputs = inputs.ToDictionary(port => port.Name, StringComparer.Ordinal);
        _outputs = outputs.ToDictionary(port => port.Name, _ => new EngineTestOutput(), StringComparer.Ordinal);
        TemporaryFolder = Path.Combine(_folder, "temporary");
        Trial = new(new()
        {
            Definition = definition,
            Key = new(setup.SessionId, setup.Node),
            Epoch = setup.Epoch,
            Inputs = inputs,
            Outputs = outputs,
            OnWritten = (port, items, ended) => _outputs[port].Accept(items, ended),
            Blobs = Blobs,
            ClaimCheckBytes = setup.ClaimCheckBytes,
            TemporaryFolder = TemporaryFolder,
            StopGrace = setup.StopGrace,
            Clock = setup.Clock,
        });
        setup.Services.AddLogging();
        setup.Services.AddSingleton(setup.Clock);
        _services = setup.Services.BuildServiceProvider();
    }

    public EngineTrial Trial { get; }

    public EngineDefinition Definition { get; }

    public FolderBlobStore Blobs { get; }

    public IReadOnlyDictionary<string, PortDefinition> Inputs { get; }

    public string TemporaryFolder { get; }

    public static EngineTestRun Begin<TEngine>(EngineTestSetup setup)
        where TEngine : EngineGrain
    {
        var test = new EngineTestRun(setup);
        test._pump = Task.Factory.StartNew(
            test.PumpAsync<TEngine>, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        _ = test.EndOutputsAsync();
        return test;
    }

    public PortDefinition Input(string port) => Inputs.TryGetValue(port, out var input)
        ? input
        : throw new ArgumentException($"Engine '{Definition.Id}' has no linked input '{port}'; linked are: {string.Join(", ", Inputs.Keys)}.", nameof(port));

    public EngineTestOutput Output(string port) => _outputs.TryGetValue(port, out var output)
        ? output
        : throw new ArgumentException($"Engine '{Definition.Id}' has no linked output '{port}'; linked are: {string.Join(", ", _outputs.Keys)}.", nameof(port));

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

        var loaded = await Trial.UnpackAsync(payload, CancellationToken.None);
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
            throw new TimeoutException($"Engine '{Definition.Id}' {missing()} within {_setup.TimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s: {Describe()}.", error);
        }
    }

    /// <summary>Where the engine stands, for messages.</summary>
    public string Describe()
    {
        var report = Trial.Report;
        var open = Inputs.Keys.Where(Trial.IsOpen).ToList();
        var inputs = open.Count == 0 ? "all inputs have ended" : $"not ended are the inputs {string.Join(", ", open)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"it is {report.Status}{(report.Error is null ? "" : $" ({report.Error})")}, has processed {report.ItemsRead} items and written {report.ItemsWritten}; {inputs}");
    }

    public async ValueTask DisposeAsync()
    {
        Trial.CutOff(SubSessionStatus.Canceled, "the test is over");
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
            Trial.CutOff(SubSessionStatus.Failed, $"it could not be activated: {error.GetBaseException().Message}");
            return;
        }

        await EngineGrain.RunAsync(engine, Trial.Run);
    }

    private async Task EndOutputsAsync()
    {
        await Trial.Ended;
        foreach (var output in _outputs.Values)
        {
            output.End();
        }
    }
}
