using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Cluster.Tests.Tls;

/// <summary>A client that tries to connect, and the one line that it logs when it was refused.</summary>
internal sealed class Attempt : ILoggerProvider, ILogger
{
    private const string Refusal = "The cluster cannot be reached yet";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether a client with these settings, written as environment variables, is taken.</summary>
    public static async Task<bool> IsTakenAsync(params IReadOnlyDictionary<string, string>[] settings)
    {
        using Attempt attempt = new();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            settings.SelectMany(each => each).Select(each => KeyValuePair.Create(each.Key.Replace("__", ":", StringComparison.Ordinal), (string?)each.Value)));
        builder.Logging.ClearProviders().AddProvider(attempt);
        builder.AddBlueEdgeClient();
        using var host = builder.Build();
        using CancellationTokenSource over = new();
        var start = host.StartAsync(over.Token);

        await Task.WhenAny(start, attempt._refused.Task).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        var isTaken = start.IsCompletedSuccessfully;
        await over.CancelAsync();
        await start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await host.StopAsync(TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isTaken;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (formatter(state, exception).Contains(Refusal, StringComparison.Ordinal))
        {
            _refused.TrySetResult();
        }
    }

    public void Dispose()
    {
    }
}
