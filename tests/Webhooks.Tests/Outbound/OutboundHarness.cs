using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using BlueEdge.Outbound;
using BlueEdge.Outbound.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Webhooks.Tests.Outbound;

/// <summary>The client as a process has it, with names of the test's own, its log, and its count of refusals.</summary>
internal sealed class OutboundHarness : ILoggerProvider, ILogger
{
    public const string Loopback = "127.0.0.0/8; ::1";

    private readonly ServiceProvider _services;
    private readonly MeterListener _meters = new();

    private OutboundHarness(string allow, TimeProvider clock, X509Certificate2? root, (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            settings.Prepend((nameof(OutboundOptions.Allow), allow)).Select(setting => KeyValuePair.Create($"{OutboundOptions.Section}:{setting.Item1}", (string?)setting.Item2))).Build());
        services.AddSingleton<INameResolver>(Names);
        services.AddSingleton(clock);
        services.AddLogging(logging => logging.AddProvider(this));
        services.AddOutboundClient();
        if (root is not null)
        {
            services.AddSingleton(provider =>
            {
                var handler = OutboundHandler.Create(provider.GetRequiredService<GuardedConnector>(), provider.GetRequiredService<IOptions<OutboundOptions>>());
                var chain = handler.SslOptions.CertificateChainPolicy!; // Create sets it.
                chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
                chain.CustomTrustStore.Add(root);
                return ActivatorUtilities.CreateInstance<OutboundClient>(provider, handler);
            });
        }

        _services = services.BuildServiceProvider();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is OutboundMetrics.MeterName && ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>()))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, _, tags, _) => Refusals.Enqueue((string)tags[0].Value!)); // The reason.
        _meters.Start();
        Client = _services.GetRequiredService<OutboundClient>();
    }

    public Names Names { get; } = new();

    public OutboundClient Client { get; }

    /// <summary>The reasons of what was counted.</summary>
    public ConcurrentQueue<string> Refusals { get; } = [];

    public ConcurrentQueue<string> Log { get; } = [];

    /// <summary>A client that may call loopback, where a test has its servers.</summary>
    public static OutboundHarness Allowing(string allow = Loopback, params (string Name, string Value)[] settings) => new(allow, TimeProvider.System, root: null, settings);

    /// <summary>The same, on a clock that the test turns.</summary>
    public static OutboundHarness On(TimeProvider clock) => new(Loopback, clock, root: null, []);

    /// <summary>The same, which trusts an authority of the test's.</summary>
    public static OutboundHarness Trusting(X509Certificate2 root) => new(Loopback, TimeProvider.System, root, []);

    public Task<OutboundResult> PostAsync(Uri url, string body = "{}") =>
        SendAsync(new() { Url = url, Body = System.Text.Encoding.UTF8.GetBytes(body), SessionId = "the-session" });

    public Task<OutboundResult> SendAsync(OutboundRequest request) => Client.SendAsync(request, TestContext.Current.CancellationToken);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Log.Enqueue(formatter(state, exception));

    public void Dispose()
    {
        _meters.Dispose();
        _services.Dispose();
    }
}
