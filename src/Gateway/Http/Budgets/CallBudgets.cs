using BlueEdge.Hosting.Connections;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Http.Budgets;

/// <summary>What all callers together may take of the process at a time.</summary>
internal sealed class CallBudgets(IOptions<GatewayOptions> options, TimeProvider time, IServiceProvider services)
{
    private const int LeastReads = 8;
    private const long MostBytes = 128L * 1024 * 1024;

    /// <summary>The part of the memory there is: what is made of a body, or for an answer, is some times as large.</summary>
    private const int Part = 16;

    private readonly ConnectionLimit? _connections = services.GetService<ConnectionLimit>();
    private int _waits;

    /// <summary>Bodies from their first byte until what they say is stored.</summary>
    public ByteBudget Bodies { get; } = new(options.Value.BodiesBytes ?? Default, time);

    /// <summary>Results from when they are read until they are sent.</summary>
    public ByteBudget Answers { get; } = new(options.Value.AnswersBytes ?? Default, time);

    /// <summary>
    /// Calls that read results at a time: of many at once each would take longer than a call may, and nobody would get theirs.
    /// </summary>
    public SemaphoreSlim Reads { get; } = new(Math.Max(LeastReads, Environment.ProcessorCount));

    /// <summary>When such a call last found that the sessions cannot be reached, as a time stamp of the process's clock.</summary>
    public long UnreachedAt { get => Interlocked.Read(ref field); set => Interlocked.Exchange(ref field, value); }

    private static long Default => Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Part);

    /// <summary>Three quarters of the connections at most, so that those who do not wait have some too.</summary>
    private int MostWaits => Math.Min(options.Value.MaxWaits, (int)((_connections?.Most ?? int.MaxValue) * 0.75));

    /// <summary>Takes a place among those who wait; <see cref="EndWait"/> gives it back.</summary>
    public bool TryBeginWait()
    {
        if (Interlocked.Increment(ref _waits) <= MostWaits)
        {
            return true;
        }

        EndWait();
        return false;
    }

    public void EndWait() => Interlocked.Decrement(ref _waits);
}
