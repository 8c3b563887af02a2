using System.Runtime.CompilerServices;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Samples.Documents;
using Microsoft.Extensions.Options;

namespace BlueEdge.Samples.Tests.Documents;

/// <summary>Runs an engine on items that a test gives, with no silo around it, and keeps what it wrote.</summary>
internal sealed class EngineTrial(EngineGrain engine, params (string Port, Payload Payload)[] items) : IEngineRun, IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly CancellationTokenSource _stopping = new();
    private EngineSession? _session;

    public EngineSession Session => _session ??= new("session", "Node", 1, Path.Combine(_folder.Path, "run"));

    public EngineDefinition Definition { get; } = new EngineDefinitionBuilder(engine.GetType()).Build();

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What came out, in order.</summary>
    public List<(string Port, Payload Payload)> Written { get; } = [];

    public Exception? Failure { get; private set; }

    /// <summary>Called after each write.</summary>
    public Action<string> OnWrite { get; init; } = _ => { };

    public static IOptions<DocumentsOptions> Options(string? filesPath = null) =>
        Microsoft.Extensions.Options.Options.Create(new DocumentsOptions { FilesPath = filesPath });

    public static (string Port, Payload Payload) Json(string port, string json) =>
        (port, Payload.Json(System.Text.Encoding.UTF8.GetBytes(json)));

    public static (string Port, Payload Payload) Image(Sketch page) =>
        ("InputImage", Payload.Inline(ChannelType.Image, "image/png", page.Encode()));

    public async Task<EngineTrial> RunAsync()
    {
        await Run(engine, this).WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>What was written to a JSON port.</summary>
    public JsonElement[] Results(string port) => [.. Written
        .Where(item => string.Equals(item.Port, port, StringComparison.Ordinal))
        .Select(item => JsonElement.Parse(item.Payload.Bytes.Span))];

    public void Stop() => _stopping.Cancel();

    public ValueTask ReadyAsync() => ValueTask.CompletedTask;

    public async IAsyncEnumerable<EngineInput> ReadAllAsync()
    {
        for (var index = 0; index < items.Length; index++)
        {
            Stopping.ThrowIfCancellationRequested();
            yield return new(this, items[index].Port, "Writer", index, items[index].Payload);
        }

        await Task.CompletedTask;
    }

    public bool IsLinked(string port) => true;

    public ValueTask WriteAsync(string port, Payload payload, CancellationToken cancellationToken)
    {
        Stopping.ThrowIfCancellationRequested();
        Assert.Contains(Definition.Outputs, output => string.Equals(output.Name, port, StringComparison.Ordinal) && output.Type == payload.Type);
        Written.Add((port, payload));
        OnWrite(port);
        return ValueTask.CompletedTask;
    }

    public ValueTask<Payload> StoreAsync(ChannelType type, string mediaType, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Stream> OpenAsync(Payload payload, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CompleteAsync(Exception? failure)
    {
        Failure = failure;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _folder.Dispose();
    }

    // The engine's loop is the host's to call; a trial stands in for the host.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "RunAsync")]
    private static extern Task Run(EngineGrain engine, IEngineRun run);
}
