using System.ComponentModel;
using BlueEdge.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.GrainDirectory;
using Orleans.Placement;

namespace BlueEdge.Engines;

/// <summary>
/// The base of engines. One object serves one sub-session: fields are the session's state, and what is made once a process,
/// such as a model, comes from dependency injection. Calls come one at a time, on the thread pool, so that long or blocking
/// work never keeps a stop from being heard. An exception that leaves a method fails the session with its message.
/// </summary>
[PreferLocalPlacement, GrainDirectory(Directory)]
public abstract class EngineGrain : Grain, IEngineGrain
{
    /// <summary>
    /// The grain directory of engines, which <c>AddEngine</c> adds: an engine lives in the process that begins it, so that no
    /// other is told of it.
    /// </summary>
    public const string Directory = "blueedge-in-process";

    /// <summary>
    /// The key of the item in hand. It goes with the flow of the work, not with the engine: what an engine does for an item beside
    /// the next one, having returned from <see cref="ProcessAsync"/>, is still that item's.
    /// </summary>
    private readonly AsyncLocal<string?> _keyInHand = new();

    /// <summary>What is logged in the flow of an engine's work says whose it is.</summary>
    private static readonly Func<ILogger, string, string, IDisposable?> InSession = LoggerMessage.DefineScope<string, string>("session {SessionId}, node {Node}");

    private IEngineRun? _run;

    /// <summary>The sub-session that this object works for.</summary>
    protected EngineSession Session => Run.Session;

    private IEngineRun Run => _run
        ?? throw new InvalidOperationException($"{GetType().Name} is asked for its session before it has one: use it from StartAsync on, not in the constructor.");

    /// <inheritdoc/>
    public Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_run is not null)
        {
            return Task.CompletedTask;
        }

        // Kept from here on, so that a repeated call begins nothing.
        var run = _run = ServiceProvider.GetRequiredService<IEngineHost>().Attach(this.GetPrimaryKeyString());

        // The run can last for hours without a call, and must not be collected as idle.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        _ = Task.Factory.StartNew(
            async () =>
            {
                using (ServiceProvider.GetService<ILogger<EngineGrain>>() is { } logger ? InSession(logger, run.Session.SessionId, run.Session.Node) : null)
                {
                    await RunAsync(run);
                }

                DeactivateOnIdle();
            },
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default); // Off the grain's turn: see the class.
        return Task.CompletedTask;
    }

    /// <summary>One of the engine's outputs.</summary>
    /// <param name="port">The engine's own name for it.</param>
    /// <exception cref="BlueEdgeException">The engine declares no such output.</exception>
    protected EngineOutput Output(string port) => new(Run, port, TypeOf(port)) { KeyInHand = _keyInHand };

    /// <summary>Opens content that start data refer to inside JSON, as <c>{"blob": "blob-…"}</c>; the caller disposes the stream.</summary>
    /// <param name="blob">The id as it stands in the JSON.</param>
    /// <param name="cancellationToken">Fires when the sub-session is stopped.</param>
    /// <exception cref="BlueEdgeException">It is no id, or the session's start data do not refer to it.</exception>
    protected ValueTask<Stream> OpenBlobAsync(string blob, CancellationToken cancellationToken) => BlobId.TryParse(blob) is { } id
        ? Run.OpenAsync(Payload.ByReference(ChannelType.File, id.MediaType, id.In(Session.SessionId), length: 0), cancellationToken)
        : throw new BlueEdgeException("That is no id of a blob: POST /api/v1/blobs gives one, which begins with blob-.");

    /// <summary>
    /// Tells the session's caller that something was skipped or is doubtful; the session goes on, and can finish. It is the
    /// message <c>warning</c> on Status, and is kept with the node besides: the first 20, each cut to 1 KB, with a count of the rest.
    /// </summary>
    /// <param name="code">What kind it is, for programs, for example <c>page-not-drawable</c>.</param>
    /// <param name="message">What happened, to what, and what was done instead.</param>
    /// <param name="cancellationToken">Fires when the sub-session is stopped.</param>
    protected ValueTask WarnAsync(string code, string message, CancellationToken cancellationToken) =>
        Output(WellKnownPorts.Status).WriteAsync(new { type = "warning", code, message, node = Session.Node }, cancellationToken);

    /// <summary>Has an engine work on a run from its begin to its end; never throws. For who makes engines without a silo, as tests do.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Task RunAsync(EngineGrain engine, IEngineRun run)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return engine.RunAsync(run);
    }

    /// <summary>Prepares for the session; called once, before any item. Other engines of the session prepare at the same time.</summary>
    protected virtual ValueTask StartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Processes one item.</summary>
    /// <param name="input">The item, and the port it came on.</param>
    /// <param name="cancellationToken">Fires when the sub-session is stopped.</param>
    protected abstract ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken);

    /// <summary>
    /// Cleans up; called once, last, however the sub-session ended. On a good end, what it writes is still sent; once the token
    /// has fired nothing can be written.
    /// </summary>
    protected virtual ValueTask StopAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Works on a run from its begin to its end; never throws.</summary>
    private async Task RunAsync(IEngineRun run)
    {
        _run = run;
        Exception? failure = null;
        try
        {
            await StartAsync(run.Stopping);
            await run.ReadyAsync();
            await foreach (var input in run.ReadAllAsync())
            {
                TakeInHand(input.Key);
                await ProcessAsync(input, run.Stopping);
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        TakeInHand(key: null);
        try
        {
            await StopAsync(run.Stopping);
        }
        catch (Exception error)
        {
            // Of what a stopped engine throws, only heeding the stop is no news.
            failure = failure is null || (failure is OperationCanceledException && run.Stopping.IsCancellationRequested) ? error : failure;
        }

        await run.CompleteAsync(failure);
    }

    /// <summary>Setting it costs something also where it stays the same, as it does where nobody uses keys.</summary>
    private void TakeInHand(string? key)
    {
        if (!string.Equals(_keyInHand.Value, key, StringComparison.Ordinal))
        {
            _keyInHand.Value = key;
        }
    }

    private ChannelType TypeOf(string port)
    {
        foreach (var output in Run.Definition.Outputs)
        {
            if (string.Equals(output.Name, port, StringComparison.Ordinal))
            {
                return output.Type;
            }
        }

        throw new BlueEdgeException(
            $"Engine '{Run.Definition.Id}' has no output '{port}'. Declare it with [Output(\"{port}\", …)] on {GetType().Name}; it has: {string.Join(", ", Run.Definition.Outputs.Select(output => output.Name))}.");
    }
}
