using System.Net;

namespace BlueEdge.Gateway.Auth;

/// <summary>Counts wrong keys by the address that they came from: who has sent many is told to wait, and costs nothing meanwhile.</summary>
internal sealed partial class FailedAuthentications(TimeProvider time, ILogger<FailedAuthentications> logger)
{
    /// <summary>So many a minute are looked at.</summary>
    public const int Most = 20;

    /// <summary>So many addresses are remembered; of more the oldest are forgotten.</summary>
    public const int MostAddresses = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<CallerAddress, Count> _counts = [];

    /// <summary>In the order in which their minutes began.</summary>
    private readonly Queue<CallerAddress> _begun = [];

    /// <summary>How many addresses are remembered.</summary>
    public int Addresses
    {
        get
        {
            lock (_lock)
            {
                return _counts.Count;
            }
        }
    }

    /// <summary>How long an address has to wait; <see langword="null"/> where it may try.</summary>
    public TimeSpan? WaitOf(IPAddress? from)
    {
        lock (_lock)
        {
            return _counts.TryGetValue(CallerAddress.Of(from), out var count) && count.Failed >= Most && Minute - time.GetElapsedTime(count.Began) is var left && left > TimeSpan.Zero
                ? left
                : null;
        }
    }

    /// <summary>Counts one more.</summary>
    public void Add(IPAddress? from)
    {
        var (address, isLast) = (CallerAddress.Of(from), false);
        lock (_lock)
        {
            Forget();
            if (_counts.TryGetValue(address, out var known))
            {
                isLast = ++known.Failed == Most;
            }
            else
            {
                _counts[address] = new(time.GetTimestamp()) { Failed = 1 };
                _begun.Enqueue(address);
            }
        }

        if (isLast)
        {
            LogMany(Most, from);
        }
    }

    /// <summary>Those whose minute is over, and the oldest where there is no room for one more.</summary>
    private void Forget()
    {
        while (_begun.TryPeek(out var oldest) && (_counts.Count >= MostAddresses || time.GetElapsedTime(_counts[oldest].Began) >= Minute))
        {
            _counts.Remove(_begun.Dequeue());
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} wrong keys came from {Address} within a minute: further ones are not looked at until the minute is over")]
    private partial void LogMany(int count, IPAddress? address);

    private sealed class Count(long began)
    {
        public long Began => began;

        public int Failed { get; set; }
    }
}
