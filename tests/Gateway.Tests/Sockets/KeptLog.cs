using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Gateway.Tests.Sockets;

/// <summary>Keeps what a gateway logs of exceptions and errors.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Faults { get; } = new();

    public void Keep(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(this);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null || logLevel >= LogLevel.Error)
        {
            Faults.Enqueue($"{formatter(state, exception)} {exception}");
        }
    }

    public void Dispose()
    {
        // It is read once the gateway is gone.
    }
}
