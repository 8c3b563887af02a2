using System.Diagnostics.Metrics;

namespace BlueEdge.Grains.Webhooks;

/// <summary>What a silo measures of the webhooks that it delivers.</summary>
internal sealed class WebhookMetrics
{
    public const string MeterName = "BlueEdge.Webhooks";

    private readonly Counter<long> _delivered;
    private readonly Counter<long> _failedTries;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _latency;
    private readonly TimeProvider _clock;
    private long _countBehind;

    public WebhookMetrics(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        var meter = meters.Create(MeterName);
        _delivered = meter.CreateCounter<long>("blueedge.webhooks.delivered", "{event}", "Events that receivers took");
        _failedTries = meter.CreateCounter<long>("blueedge.webhooks.failed_tries", "{try}", "Tries that failed, by reason");
        _givenUp = meter.CreateCounter<long>("blueedge.webhooks.given_up", "{event}", "Events that were given up after their last try");
        _dropped = meter.CreateCounter<long>("blueedge.webhooks.dropped", "{event}", "Events of sessions that were gone before their webhooks were called");
        meter.CreateObservableUpDownCounter("blueedge.webhooks.behind", () => CountBehind, "{webhook}", "Webhooks in memory that have events to deliver, after a try that failed or took long");
        meter.CreateObservableGauge("blueedge.webhooks.oldest.age", () => OldestAge.TotalSeconds, "s", "How long the oldest event of webhooks in memory has waited for its receiver; 0 where none waits");
        _latency = meter.CreateHistogram<double>("blueedge.webhooks.latency", "s", "From an event to its receiver's answer, of events that arrived");

        // Those to be watched are there from the start, so that their first step is seen.
        _delivered.Add(0);
        _givenUp.Add(0);
        _dropped.Add(0);
    }

    /// <summary>Webhooks in memory that have events to deliver, after a try that failed or took long.</summary>
    public long CountBehind => Interlocked.Read(ref _countBehind);

    /// <summary>Since when webhooks in memory wait for their receivers.</summary>
    public WaitingWebhooks Waiting { get; } = new();

    /// <summary>How long the oldest event of webhooks in memory has waited for its receiver; zero where none waits.</summary>
    public TimeSpan OldestAge => Waiting.Oldest is { } oldest && _clock.GetUtcNow() - oldest is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;

    public void Delivered(TimeSpan latency)
    {
        _delivered.Add(1);
        _latency.Record(Math.Max(0, latency.TotalSeconds));
    }

    /// <param name="reason">The answer's status code, or what did not work, in kebab case.</param>
    public void Failed(string reason) => _failedTries.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void GaveUp() => _givenUp.Add(1);

    public void Dropped(long count) => _dropped.Add(count);

    public void Behind(int change) => Interlocked.Add(ref _countBehind, change);
}
