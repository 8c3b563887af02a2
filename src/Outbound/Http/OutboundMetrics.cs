using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Text.Json;

namespace BlueEdge.Outbound.Http;

/// <summary>What is counted of calls to addresses that callers name.</summary>
public sealed class OutboundMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "BlueEdge.Outbound";

    // As docs/operations.md lists them: whoever renames a reason renames it there, and in what others count.
    private static readonly FrozenDictionary<OutboundReason, string> Words =
        Enum.GetValues<OutboundReason>().ToFrozenDictionary(reason => reason, reason => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString()));

    private readonly Counter<long> _refusals;

    /// <summary>Makes the meter's counter.</summary>
    public OutboundMetrics(IMeterFactory meters) =>
        _refusals = meters.Create(MeterName).CreateCounter<long>("blueedge.outbound.refusals", "{call}", "Calls that were refused, by reason");

    /// <summary>Counts an address or a header that was refused.</summary>
    public void Refused(OutboundReason reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", Words[reason]));
}
