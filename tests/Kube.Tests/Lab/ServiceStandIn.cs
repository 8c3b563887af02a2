using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>
/// What kube-proxy does for a service, which the control plane of the tests has none of: a port of this machine whose connections go
/// to the service's ready pods in turn.
/// </summary>
public sealed class ServiceStandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Watched _endpoints;
    private readonly string _service;
    private readonly Task _accepting;
    private int _turn;

    /// <param name="endpoints">The endpoint slices of the service's namespace.</param>
    /// <param name="service">The service's name.</param>
    public ServiceStandIn(Watched endpoints, string service)
    {
        (_endpoints, _service) = (endpoints, service);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
    }

    /// <summary>Where the ready pods are.</summary>
    private List<IPEndPoint> Find() =>
    [
        .. _endpoints.All
            .Where(slice => slice.GetProperty("metadata").GetProperty("labels").GetProperty("kubernetes.io/service-name").GetString() == _service)
            .Where(slice => slice.GetProperty("endpoints").ValueKind is JsonValueKind.Array)
            .SelectMany(slice => slice.GetProperty("endpoints").EnumerateArray()
                .Where(endpoint => endpoint.GetProperty("conditions").GetProperty("ready").GetBoolean())
                .Select(endpoint => new IPEndPoint(IPAddress.Parse(endpoint.GetProperty("addresses")[0].GetString()!), slice.GetProperty("ports")[0].GetProperty("port").GetInt32()))), // A slice has addresses.
    ];

    private async Task AcceptAsync()
    {
        while (true)
        {
            var caller = await _listener.AcceptTcpClientAsync();
            _ = ServeAsync(caller);
        }
    }

    private async Task ServeAsync(TcpClient caller)
    {
        using (caller)
        {
            using var pod = new TcpClient();
            try
            {
                var all = Find();
                if (all.Count > 0)
                {
                    await pod.ConnectAsync(all[(int)((uint)Interlocked.Increment(ref _turn) % all.Count)]);
                    await PumpAsync(caller, pod);
                }
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException)
            {
                // The caller sees a connection that ends.
            }
        }
    }

    private static async Task PumpAsync(TcpClient caller, TcpClient pod)
    {
        (caller.NoDelay, pod.NoDelay) = (true, true);
        var (up, down) = (CopyAsync(caller, pod), CopyAsync(pod, caller));

        // A pod that ends its half ends the connection; a caller that does so may still read.
        await down;
        pod.Close();
        caller.Close();
        await up.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        await from.GetStream().CopyToAsync(to.GetStream());
        to.Client.Shutdown(SocketShutdown.Send);
    }
}
