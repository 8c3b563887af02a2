using System.CommandLine;
using BlueEdge.Tool.Api;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.CommandLine;

/// <summary>One run of a command: what it was given, and what it works with.</summary>
internal sealed class ToolCall : IDisposable
{
    private readonly ParseResult _parsed;
    private readonly CancellationToken _interrupted;
    private readonly CancellationTokenSource _timeUp = new();
    private readonly CancellationTokenSource _ending;
    private BlueEdgeClient? _api;

    public ToolCall(ParseResult parsed, CancellationToken interrupted)
    {
        _parsed = parsed;
        _interrupted = interrupted;
        Printer = new(parsed.GetRequiredValue(CommonOptions.Output) switch { Printer.Json => OutputFormat.Json, Printer.JsonLines => OutputFormat.JsonLines, _ => OutputFormat.Table });
        if (Timeout is { } timeout)
        {
            _timeUp.CancelAfter(timeout);
        }

        _ending = CancellationTokenSource.CreateLinkedTokenSource(interrupted, _timeUp.Token);
    }

    public Uri Server => _parsed.GetRequiredValue(CommonOptions.Server);

    public TimeSpan? Timeout => _parsed.GetValue(CommonOptions.Timeout);

    public Printer Printer { get; }

    public BlueEdgeClient Api => _api ??= new(new ApiConnection(Server, ApiKey.Read(), Timeout, TimeProvider.System));

    /// <summary>Ends with Ctrl-C and with the time.</summary>
    public CancellationToken Token => _ending.Token;

    /// <summary>Ends with the time only: for what is to be known to its end.</summary>
    public CancellationToken TimeToken => _timeUp.Token;

    public bool IsInterrupted => _interrupted.IsCancellationRequested;

    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>An argument that may be left out.</summary>
    public T? Find<T>(Argument<T?> argument) => _parsed.GetValue(argument);

    public T Get<T>(Argument<T> argument) => _parsed.GetRequiredValue(argument);

    /// <summary>Why the token has ended.</summary>
    /// <param name="rest">What is to be known of the rest: for example that a session goes on.</param>
    public ToolException Ended(string rest = "") => IsInterrupted
        ? new(ExitCodes.Interrupted, $"Interrupted. {rest}".TrimEnd())
        : new(ExitCodes.TimeOut, $"The {Timeout?.TotalSeconds} seconds of --timeout are over. {rest}".TrimEnd());

    public void Dispose()
    {
        _api?.Dispose();
        _ending.Dispose();
        _timeUp.Dispose();
    }
}
