using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sockets;

/// <summary>What all sockets of the process use, and what they may take of it together.</summary>
internal sealed class SocketTools(
    SessionClient sessions,
    SessionFollower follower,
    CallBudgets budgets,
    GatewayQuotas quotas,
    IOptions<SocketOptions> options,
    IOptions<GatewayOptions> gateway,
    IOptions<SessionLimits> limits,
    TimeProvider time,
    IServiceProvider services)
{
    private const long MostBytes = 128L * 1024 * 1024;
    private const int PartOfMemory = 16;

    private static readonly Backoff Patience = Backoff.Steady(TimeSpan.FromMilliseconds(500));
    private int _open;

    public SessionClient Sessions => sessions;

    public SessionFollower Follower => follower;

    /// <summary>What the callers' tenants may take.</summary>
    public GatewayQuotas Quotas => quotas;

    public SocketOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>How old a socket may be.</summary>
    public TimeSpan LongestLife => gateway.Value.LongestWait;

    /// <summary>Bytes that one item from a client may have.</summary>
    public int ItemBytes => limits.Value.InlinePayloadBytes;

    /// <summary>Items that were read for listeners, until they are sent.</summary>
    public ByteBudget Answers => budgets.Answers;

    /// <summary>Items that clients have sent, until they are stored.</summary>
    public ByteBudget Written { get; } = new(
        options.Value.WrittenBytes ?? Math.Min(MostBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / PartOfMemory), time);

    /// <summary>Where large items lie; <see langword="null"/> where there is no such store.</summary>
    public IBlobStore? Blobs { get; } = services.GetService<IBlobStore>();

    /// <summary>Takes a place among the sockets; <see cref="Leave"/> gives it back.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= Options.MaxSockets)
        {
            return true;
        }

        Leave();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _open);

    /// <summary>Asks, and again for as long as the cluster is away.</summary>
    public Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken over) =>
        PatientCall.MakeAsync(ask, (error, _) => error is UnavailableException, Patience, time, over);
}
