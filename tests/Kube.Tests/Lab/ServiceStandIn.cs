using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>
/// What endpoint slices and kube-proxy do for a service, which the control plane of the tests has none of: a port of this machine
/// whose connections go to the service's ready pods in turn.
/// </summary>
public sealed class ServiceStandIn : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Watched _pods;
    private readonly string _deployment;
    private readonly int _port;
    private readonly Task _accepting;
    private int _turn;

    /// <param name="pods">The pods of the service's namespace.</param>
    /// <param name="deployment">Whose pods the service has.</param>
    /// <param name="port">Where they listen.</param>
    public ServiceStandIn(Watched pods, string deployment, int port)
    {
        (_pods, _deployment, _port) = (pods, deployment, port);
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

    /// <summary>Where the ready pods are that stay.</summary>
    private List<IPEndPoint> Find() =>
    [
        .. _pods.All.Where(pod => Pod.IsOf(pod, _deployment) && Pod.IsReady(pod) && !Pod.IsLeaving(pod))
            .Select(pod => new IPEndPoint(IPAddress.Parse(Pod.AddressOf(pod)!), _port)), // A pod that is ready has an address.
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
