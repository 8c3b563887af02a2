namespace BlueEdge.Load.Sockets;

/// <summary>Keeps so many items under way on its sockets, or sends them at a steady pace, and measures when they are back.</summary>
internal sealed class SocketLoop : IDisposable
{
    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<EchoSocket> _sockets = [];
    private volatile Turn? _turn;

    /// <summary>Opens its sockets, which stay open from turn to turn.</summary>
    public static async Task<SocketLoop> OpenAsync(IEnumerable<string> addresses, bool isSession)
    {
        SocketLoop loop = new();
        foreach (var address in addresses)
        {
            loop._sockets.Add(await EchoSocket.OpenAsync(new(address), isSession, (socket, milliseconds) => loop._turn?.Note(socket, milliseconds)));
        }

        return loop;
    }

    public async Task<LoadReport> RunAsync(LoadRequest request)
    {
        var cpuBefore = Environment.CpuUsage.TotalTime;
        Turn turn = new(request, _sockets, Clock);
        _turn = turn;
        var broken = await Task.WhenAny([.. _sockets.Select(socket => socket.Reading), turn.RunAsync().WaitAsync(Patience + TimeSpan.FromSeconds(request.Seconds), Clock)]);
        try
        {
            await broken;
        }
        catch (Exception error) when (error is TimeoutException or System.Net.WebSockets.WebSocketException or IOException)
        {
            throw new LoadException($"{_sockets.Sum(socket => socket.UnderWay)} items did not come back: {error.Message}");
        }

        _turn = null;
        return turn.Report((Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds);
    }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    /// <summary>What one turn does.</summary>
    private sealed class Turn(LoadRequest request, IReadOnlyList<EchoSocket> sockets, TimeProvider clock)
    {
        private readonly long _start = clock.GetTimestamp();
        private readonly Dictionary<EchoSocket, (SemaphoreSlim Room, List<double> Times)> _of = sockets.ToDictionary(
            socket => socket, _ => (new SemaphoreSlim(Math.Max(1, request.InFlight / sockets.Count)), new List<double>()));

        private int _left = request.Count ?? int.MaxValue;
        private int _total;
        private double _end;

        private double Now => clock.GetElapsedTime(_start).TotalSeconds;

        /// <summary>Sends until the time is over or all is sent, and waits until all is back.</summary>
        public async Task RunAsync()
        {
            await Task.WhenAll(sockets.Select(RunAsync));
            _end = Now;
        }

        /// <summary>An item is back. Each socket's are told one after the other.</summary>
        public void Note(EchoSocket socket, double milliseconds)
        {
            var (room, times) = _of[socket];
            var now = Now;
            if (request.Count is not null || (now >= request.WarmUp && now < request.WarmUp + request.Seconds))
            {
                times.Add(milliseconds);
            }

            room.Release();
        }

        public LoadReport Report(double cpuSeconds)
        {
            double[] all = [.. _of.Values.SelectMany(each => each.Times).Order()];
            return all.Length == 0
                ? throw new LoadException("Nothing came back in time.")
                : new(all.Length, _total, all.Length / (request.Count is null ? request.Seconds : _end), At(0.5), At(0.9), At(0.99), At(1), cpuSeconds);

            double At(double part) => all[(int)(part * (all.Length - 1))];
        }

        private async Task RunAsync(EchoSocket socket)
        {
            var room = _of[socket].Room;
            using var pace = request.PerSecond is { } rate ? new PeriodicTimer(TimeSpan.FromSeconds(sockets.Count / rate), clock) : null;
            while (Interlocked.Decrement(ref _left) >= 0 && (request.Count is not null || Now < request.WarmUp + request.Seconds))
            {
                if (pace is not null)
                {
                    await pace.WaitForNextTickAsync();
                }

                await room.WaitAsync();
                Interlocked.Increment(ref _total);
                await socket.SendAsync();
            }

            for (var back = 0; back < Math.Max(1, request.InFlight / sockets.Count); back++)
            {
                await room.WaitAsync();
            }
        }
    }
}
