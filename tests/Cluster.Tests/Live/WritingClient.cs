using System.Globalization;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>A writer: some items at each tick, numbered, each of which says who wrote it and which it is.</summary>
internal abstract class WritingClient(Gateway[] gateways, int writer) : LiveClient(gateways), IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    /// <summary>Items that are sent together.</summary>
    protected const int Together = 2;

    private readonly CancellationTokenSource _enough = new();
    private readonly PeriodicTimer _ticks = new(Tick, TimeProvider.System);

    /// <summary>How many were acknowledged.</summary>
    public long Written { get; protected set; }

    /// <summary>The name by which repeats are recognised.</summary>
    protected string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"w{writer}");

    /// <summary>It writes nothing new any more.</summary>
    public void Finish() => _enough.Cancel();

    public void Dispose()
    {
        _enough.Dispose();
        _ticks.Dispose();
    }

    /// <summary>Waits until it is time for more; false where it has written enough.</summary>
    protected async Task<bool> HasMoreAsync()
    {
        try
        {
            return await _ticks.WaitForNextTickAsync(_enough.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The item of a number.</summary>
    protected string Item(long number) => string.Create(CultureInfo.InvariantCulture, $"[{writer},{number}]");
}
