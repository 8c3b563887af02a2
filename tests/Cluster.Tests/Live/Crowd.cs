using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Load.Sockets;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Many sockets that listen to some sessions, each of which has a writer that writes at a steady pace.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private const int AtOnce = 32;
    private const long Plenty = 1L << 50;

    private static readonly TimeProvider Clock = TimeProvider.System;

    /// <summary>With what else there is in an item, about 1 KB.</summary>
    private static readonly string Filling = new('x', 980);

    private readonly CrowdSize _size;
    private readonly List<LiveSocket> _sockets = [];
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task> _works = [];
    private ConcurrentQueue<TimeSpan> _heard = new();
    private string? _fault;

    private Crowd(CrowdSize size) => _size = size;

    /// <summary>The first thing that a socket heard that it was not to hear.</summary>
    public string? Fault => _fault;

    /// <summary>Starts the sessions, opens all sockets, and has the writers begin.</summary>
    public static async Task<Crowd> GatherAsync(Gateway gateway, CrowdSize size)
    {
        Crowd crowd = new(size);
        List<Uri> addresses = [];
        while (addresses.Count < size.Sessions)
        {
            addresses.Add(await LiveSessions.StartAsync(gateway, isKept: false));
        }

        await Parallel.ForEachAsync(
            Enumerable.Range(0, size.Sockets), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) => crowd.Add(await LiveSessions.ListenAsync(addresses[number % size.Sessions], Plenty)));
        foreach (var (address, number) in addresses.Select((address, number) => (address, number)))
        {
            crowd._works.Add(crowd.WriteAsync(await LiveSessions.WriteToAsync(address), number));
        }

        return crowd;
    }

    /// <summary>Measures for a while.</summary>
    public async Task<CrowdRound> MeasureAsync(TimeSpan length)
    {
        _heard = new();
        await Task.Delay(length, Clock, TestContext.Current.CancellationToken);
        TimeSpan[] heard = [.. _heard.Order()];
        Assert.True(heard.Length > 0, $"Nobody heard anything for {length}. {Fault}");
        return new(heard.Length / length.TotalSeconds, heard[heard.Length / 2], heard[(int)(0.99 * (heard.Length - 1))]);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _sockets.ForEach(socket => socket.Dispose());
        await Task.WhenAll(_works);
        _over.Dispose();
    }

    private void Add(LiveSocket socket)
    {
        lock (_sockets)
        {
            _sockets.Add(socket);
            _works.Add(HearAsync(socket));
        }
    }

    private async Task WriteAsync(LiveSocket socket, int number)
    {
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        // They do not all write at the same moment.
        var period = TimeSpan.FromSeconds(1.0 / _size.ItemsPerSecond);
        using PeriodicTimer first = new((period * (number + 1)) / _size.Sessions, Clock), pace = new(period, Clock);
        var draining = DrainAsync(socket);
        try
        {
            await first.WaitForNextTickAsync(_over.Token);
            for (var sequence = 0L; await pace.WaitForNextTickAsync(_over.Token); sequence++)
            {
                await socket.SendAsync(LiveSocket.Frame(LiveSessions.In, sequence, JsonSerializer.SerializeToUtf8Bytes(new { at = Clock.GetTimestamp(), filling = Filling })), _over.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            Note(error);
        }

        await draining;
    }

    private async Task DrainAsync(LiveSocket socket)
    {
        try
        {
            while ((await socket.ReceiveAsync(_over.Token)).Kind is not WebSocketMessageType.Close)
            {
                // Acknowledgements and credit: there is enough of it at that pace.
            }

            Note(new WebSocketException($"A writer's socket was closed: {socket.Closed}"));
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            Note(error);
        }
    }

    private async Task HearAsync(LiveSocket socket)
    {
        try
        {
            for (long? next = null; ;)
            {
                var message = await socket.ReceiveAsync(_over.Token);
                if (message.IsItem)
                {
                    var offset = message.Place.Offset;
                    _fault ??= (next ?? offset) == offset ? null : $"Item {offset} came where {next} was to come.";
                    next = offset + 1;
                    _heard.Enqueue(Clock.GetElapsedTime(JsonElement.Parse(message.Content.Span).GetProperty("at").GetInt64()));
                }
                else if (!message.Is("status"u8))
                {
                    _fault ??= $"A listener was told {message} {socket.Closed}.";
                    return;
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            Note(error);
        }
    }

    /// <summary>What breaks before the end is a fault.</summary>
    private void Note(Exception error) => _fault ??= _over.IsCancellationRequested ? null : error.ToString();
}
