using System.Globalization;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Testing;

/// <summary>
/// Runs one sub-session of an engine in a unit test: the engine, its inbox and its outputs as in a silo, without a cluster.
/// Whatever a test waits for has a time limit, whose message says what is missing. Safe for concurrent use.
/// </summary>
/// <example>
/// <code>
/// await using var engine = await EngineTestHarness.StartAsync&lt;HelloEngine&gt;();
/// await engine.SendAsync("Control", new { name = "Ada" });
/// var end = await engine.FinishAsync();
/// </code>
/// </example>
public sealed class EngineTestHarness : IAsyncDisposable
{
    private readonly EngineTestRun _test;

    private EngineTestHarness(EngineTestRun test) => _test = test;

    /// <summary>What the engine is, as a silo would have it.</summary>
    public EngineDefinition Definition => _test.Definition;

    /// <summary>Where the engine stands now.</summary>
    public SubSessionStatus Status => _test.Trial.Report.Status;

    /// <summary>Where the engine's temporary folder goes: there once the engine asked for it, and gone after the end.</summary>
    public string TemporaryFolder => _test.TemporaryFolder;

    /// <summary>Makes the engine and begins its sub-session; <see cref="WaitUntilReadyAsync"/> waits for its StartAsync.</summary>
    /// <typeparam name="TEngine">The engine's class.</typeparam>
    /// <param name="setup">Services, clock, links, definition; or <see langword="null"/> for the defaults.</param>
    /// <exception cref="EngineDefinitionException">The definition makes no sense; the message names the class and every fault.</exception>
    /// <exception cref="ArgumentException">The setup links a port that the engine does not have.</exception>
    public static Task<EngineTestHarness> StartAsync<TEngine>(Action<EngineTestSetup>? setup = null)
        where TEngine : EngineGrain
    {
        var given = new EngineTestSetup(new(typeof(TEngine)));
        setup?.Invoke(given);
        return Task.FromResult(new EngineTestHarness(EngineTestRun.Begin<TEngine>(given)));
    }

    /// <summary>Sends a value as JSON, with the web defaults (camel case).</summary>
    public ValueTask SendAsync(string port, object? value) =>
        SendAsync(port, Payload.Json(JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web)));

    /// <summary>Sends JSON text as it is; it is not checked, so that a test can send what is broken.</summary>
    public ValueTask SendJsonAsync(string port, string json) => SendAsync(port, Payload.Json(Encoding.UTF8.GetBytes(json)));

    /// <summary>Sends bytes of the port's type.</summary>
    public ValueTask SendAsync(string port, ReadOnlyMemory<byte> bytes, string mediaType) =>
        SendAsync(port, Payload.Inline(_test.Input(port).Type, mediaType, bytes));

    /// <summary>Sends a stream of the port's type, read to its end and not disposed.</summary>
    public async ValueTask SendAsync(string port, Stream content, string mediaType)
    {
        var input = _test.Input(port);
        _test.Trial.Send(port, await _test.Trial.PackAsync(input.Type, mediaType, content, CancellationToken.None));
    }

    /// <summary>Sends a payload, for example one that another engine wrote in the same test.</summary>
    public async ValueTask SendAsync(string port, Payload payload)
    {
        var input = _test.Input(port);
        _test.Trial.Send(input.Name, await _test.Trial.PackAsync(payload, CancellationToken.None));
    }

    /// <summary>Stores content as a caller's upload that the session's start data refer to.</summary>
    /// <returns>Its id, to be sent inside JSON as <c>{"blob": id}</c>.</returns>
    public async Task<string> UploadAsync(Stream content, string mediaType)
    {
        var (blob, _) = await _test.Blobs.WriteAsync(_test.Trial.Run.Session.SessionId, content, CancellationToken.None);
        return BlobId.Of(blob, mediaType).ToString();
    }

    /// <summary>Says that nothing more comes to an input.</summary>
    public void EndInput(string port) => _test.Trial.EndInput(_test.Input(port).Name);

    /// <summary>Says that nothing more comes: the engine processes what there is and, unless it does so by hand, finishes.</summary>
    public void EndInputs()
    {
        foreach (var port in _test.Inputs.Keys)
        {
            _test.Trial.EndInput(port);
        }
    }

    /// <summary>Stops the engine: its token fires now. What has not ended after the grace period is cut off.</summary>
    public void Stop(string reason = "stopped by the test") => _test.Trial.Stop(reason);

    /// <summary>Returns once the engine's StartAsync has returned.</summary>
    /// <exception cref="TimeoutException">It has not within the time limit.</exception>
    /// <exception cref="InvalidOperationException">The engine ended before; the message says how.</exception>
    public async Task WaitUntilReadyAsync()
    {
        await _test.WithinAsync(Task.WhenAny(_test.Trial.Ready, _test.Trial.Ended), () => "did not get ready");
        if (!_test.Trial.Ready.IsCompleted)
        {
            throw new InvalidOperationException($"Engine '{Definition.Id}' did not get ready: {_test.Describe()}.");
        }
    }

    /// <summary>Reads the next item of an output.</summary>
    /// <exception cref="TimeoutException">None came within the time limit; the message says what the engine does meanwhile.</exception>
    /// <exception cref="InvalidOperationException">None will come: the engine is over; the message says how it ended.</exception>
    public async Task<EngineTestItem> ReadAsync(string port) =>
        await _test.ReadAsync(port) ?? throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"Output '{port}' of engine '{Definition.Id}' has no item after its first {_test.Output(port).Count}: {_test.Describe()}."));

    /// <summary>Reads the next item of an output as JSON, with the web defaults.</summary>
    /// <exception cref="TimeoutException">None came within the time limit; the message says what the engine does meanwhile.</exception>
    /// <exception cref="InvalidOperationException">None will come: the engine is over; the message says how it ended.</exception>
    public async Task<T> ReadAsync<T>(string port) => (await ReadAsync(port)).Json<T>();

    /// <summary>Reads what is not read yet of an output, to its end: to be called once the inputs have ended, or the engine ends by itself.</summary>
    /// <exception cref="TimeoutException">The end did not come within the time limit; the message says what the engine does meanwhile.</exception>
    public async Task<IReadOnlyList<EngineTestItem>> ReadAllAsync(string port)
    {
        var items = new List<EngineTestItem>();
        while (await _test.ReadAsync(port) is { } item)
        {
            items.Add(item);
        }

        return items;
    }

    /// <summary>Reads what is not read yet of an output as JSON, to its end.</summary>
    /// <exception cref="TimeoutException">The end did not come within the time limit; the message says what the engine does meanwhile.</exception>
    public async Task<IReadOnlyList<T>> ReadAllAsync<T>(string port) => [.. (await ReadAllAsync(port)).Select(item => item.Json<T>())];

    /// <summary>Ends all inputs and waits for the engine's end.</summary>
    /// <exception cref="TimeoutException">It did not end within the time limit.</exception>
    public Task<EngineTestEnd> FinishAsync()
    {
        EndInputs();
        return WaitForEndAsync();
    }

    /// <summary>Waits for the engine's end, however it comes.</summary>
    /// <exception cref="TimeoutException">It did not end within the time limit.</exception>
    public async Task<EngineTestEnd> WaitForEndAsync()
    {
        await _test.WithinAsync(_test.Trial.Ended, () => "did not end");
        var report = _test.Trial.Report;
        return new(report.Status, report.Error, report.ItemsRead, report.ItemsWritten)
        {
            Exception = _test.Trial.Failure,
            Warnings = report.Warnings,
        };
    }

    /// <summary>Stops the engine without grace, waits until it has let go, and deletes what it left.</summary>
    public ValueTask DisposeAsync() => _test.DisposeAsync();
}
