using System.Net.Sockets;
using System.Threading.Channels;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>Every command that a Redis is sent, as it tells them (MONITOR).</summary>
public sealed class RedisMonitor : IAsyncDisposable
{
    /// <summary>Where Redis says who sent a command: what scripts do is told too.</summary>
    private const string ByScript = " lua] ";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly TcpClient _connection = new();
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly Channel<bool> _news = Channel.CreateUnbounded<bool>();
    private Task _reading = Task.CompletedTask;

    /// <summary>What clients have sent so far, a line each. A script is one command, whatever it does.</summary>
    public IReadOnlyList<string> Sent => [.. From(0).Where(line => !line.Contains(ByScript, StringComparison.Ordinal))];

    public static async Task<RedisMonitor> StartAsync(int port)
    {
        var monitor = new RedisMonitor();
        await monitor._connection.ConnectAsync("127.0.0.1", port);
        var stream = monitor._connection.GetStream();
        await stream.WriteAsync("MONITOR\r\n"u8.ToArray());
        var reader = new StreamReader(stream);
        Assert.Equal("+OK", await reader.ReadLineAsync());
        monitor._reading = monitor.ReadAsync(reader);
        return monitor;
    }

    /// <summary>Waits for a line that a client or a script has caused, one that has all these words.</summary>
    public async Task UntilAsync(params string[] words)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            for (var seen = 0; ; await _news.Reader.ReadAsync(patience.Token))
            {
                var lines = From(seen);
                if (lines.Any(line => words.All(word => line.Contains(word, StringComparison.Ordinal))))
                {
                    return;
                }

                seen += lines.Count;
            }
        }
        catch (OperationCanceledException late) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"No command came with {string.Join(" and ", words)}.", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _reading;
    }

    private List<string> From(int first)
    {
        lock (_lock)
        {
            return _lines[first..];
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                lock (_lock)
                {
                    _lines.Add(line);
                }

                _news.Writer.TryWrite(true);
            }
        }
        catch (IOException)
        {
            // It is over.
        }
        catch (ObjectDisposedException)
        {
            // It is over.
        }
    }
}
