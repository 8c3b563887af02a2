using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace BlueEdge.Silo.Tests.Security;

/// <summary>Callers that keep a server busy by being slow, and come again as often as they are cut off.</summary>
internal sealed class Crawlers : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<int, bool> _connected = [];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _crawling;

    /// <param name="port">Of the server, on loopback.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="head">What each sends first.</param>
    /// <param name="more">What each sends then, one byte after the other, again and again; <see langword="null"/> for nothing.</param>
    public Crawlers(int port, int count, string head, string? more) => _crawling = [.. Enumerable.Range(0, count).Select(number => CrawlAsync(number, count, port, head, more))];

    /// <summary>How many were cut off.</summary>
    public int CutOff { get; private set; }

    /// <summary>Once each was connected at least once.</summary>
    public Task ConnectedAsync() => _all.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_crawling);
        _end.Dispose();
    }

    private async Task CrawlAsync(int number, int count, int port, string head, string? more)
    {
        await Task.Yield();
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4_096 };
                await socket.ConnectAsync("127.0.0.1", port, _end.Token);
                await socket.SendAsync(Encoding.ASCII.GetBytes(head), SocketFlags.None, _end.Token);
                if (_connected.TryAdd(number, true) && _connected.Count == count)
                {
                    _all.TrySetResult();
                }

                using PeriodicTimer pace = new(TimeSpan.FromSeconds(1), TimeProvider.System);
                for (var sent = 0; await pace.WaitForNextTickAsync(_end.Token); sent++)
                {
                    if (more is not null)
                    {
                        await socket.SendAsync(new[] { (byte)more[sent % more.Length] }, SocketFlags.None, _end.Token);
                    }
                    else if (socket.Poll(0, SelectMode.SelectError))
                    {
                        break;
                    }
                }
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                CutOff += error is SocketException ? 1 : 0;
            }
        }
    }
}
