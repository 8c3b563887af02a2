using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using BlueEdge.Outbound.Http;
using BlueEdge.Samples.Basics;
using BlueEdge.Webhooks.Tests.Outbound;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>The whole of BlueEdge in this process, with names that only the test knows, its log, and its count of refusals.</summary>
internal sealed class NamedSilo : ILoggerProvider, ILogger, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-named-").FullName;
    private readonly TaskCompletionSource<IHostApplicationLifetime> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener _meters = new();
    private readonly Task<int> _running;

    private NamedSilo(Names names, (string Name, string Value)[] settings)
    {
        var port = FreePort();
        Http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };
        var builder = BlueEdgeApp.CreateBuilder(
        [
            $"--urls={Http.BaseAddress}", $"--BlueEdge:DataPath={_folder}", "--Logging:Console:LogLevel:Default=None",
            .. settings.Select(setting => $"--BlueEdge:{setting.Name}={setting.Value}"),
        ]);
        builder.AddBasicEngines();
        builder.Services.AddSingleton<INameResolver>(names);
        builder.Services.AddHostedService(provider =>
        {
            var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
            lifetime.ApplicationStarted.Register(() => _started.TrySetResult(lifetime));
            return new Nothing();
        });
        builder.Logging.AddProvider(this);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is OutboundMetrics.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Refusals.Enqueue((string)tags[0].Value!)); // The reason.
        _meters.Start();
        _running = builder.RunAsync();
    }

    public HttpClient Http { get; }

    /// <summary>The reasons of what was counted; of other silos of this process too.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    public static async Task<NamedSilo> StartAsync(Names names, params (string Name, string Value)[] settings)
    {
        var silo = new NamedSilo(names, settings);
        if (await Task.WhenAny(silo._running, silo._started.Task).WaitAsync(Patience, TimeProvider.System) == silo._running)
        {
            Assert.Fail($"The silo ended with {await silo._running}:\n{string.Join('\n', silo.Log)}");
        }

        return silo;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Log.Enqueue(formatter(state, exception));

    public void Dispose()
    {
        // The host does it too, at its end.
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _meters.Dispose();
        (await _started.Task).StopApplication();
        await _running.WaitAsync(Patience, TimeProvider.System);
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Nothing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
