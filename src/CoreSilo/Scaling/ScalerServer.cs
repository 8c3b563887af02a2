using System.Net;
using System.Net.Sockets;
using BlueEdge.Grains.Scaling;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace BlueEdge.CoreSilo.Scaling;

/// <summary>
/// Serves KEDA on a port of its own: what it speaks, HTTP/2 without TLS, the process's other port does not, and who may reach the
/// one need not reach the other.
/// </summary>
internal sealed partial class ScalerServer(
    IOptions<ScalingOptions> options, LoadWatch loads, IHostApplicationLifetime lifetime, ILoggerFactory logs, ILogger<ScalerServer> logger) : IHostedService, IAsyncDisposable
{
    /// <summary>KEDA has two streams open for each ScaledObject, all on one connection, where the server would allow 100.</summary>
    private const int MostStreams = 20_000;

    /// <summary>After so long without a word a caller is asked whether it is there: one whose machine died never says.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private WebApplication? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton(logs).AddSingleton(new KedaScaler(loads, lifetime)).AddRouting().AddGrpc();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        _server = builder.Build();
        _server.MapGrpcService<KedaScaler>();
        try
        {
            await _server.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            throw new BlueEdgeException(
                $"{ScalingOptions.Section}: the external scaler cannot listen at {options.Value.Address}, port {options.Value.Port}: {error.Message} Stop what listens there, such as another silo, or set another Address or Port.",
                error);
        }

        LogServing(options.Value.Address!, options.Value.Port); // Without an address there is no server.
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.MaxStreamsPerConnection = MostStreams;
        kestrel.Limits.Http2.KeepAlivePingDelay = Silence;
        kestrel.Limits.Http2.KeepAlivePingTimeout = AnswerTime;
        var (address, port) = (options.Value.Address, options.Value.Port);
        if (address is ScalingOptions.Everywhere)
        {
            kestrel.ListenAnyIP(port, Speak);
        }
        else
        {
            kestrel.Listen(IPAddress.Parse(address!), port, Speak); // It was checked at start.
        }

        static void Speak(ListenOptions listen) => listen.Protocols = HttpProtocols.Http2;
    }

    [LoggerMessage(LogLevel.Information, "KEDA's external scaler is served at {Address}, port {Port}")]
    private partial void LogServing(string address, int port);
}
