using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace BlueEdge.Outbound;

/// <summary>What is counted of calls to addresses that callers name.</summary>
internal sealed class OutboundMetrics
{
    public const string MeterName = "BlueEdge.Outbound";

    private static readonly FrozenDictionary<OutboundReason, string> Words = new Dictionary<OutboundReason, string>
    {
        [OutboundReason.Scheme] = "scheme",
        [OutboundReason.Host] = "host",
        [OutboundReason.PlainHttp] = "plain-http",
        [OutboundReason.UserInfo] = "user-info",
        [OutboundReason.Fragment] = "fragment",
        [OutboundReason.Length] = "length",
        [OutboundReason.Port] = "port",
        [OutboundReason.Address] = "address",
        [OutboundReason.Header] = "header",
    }.ToFrozenDictionary();

    private readonly Counter<long> _refusals;

    public OutboundMetrics(IMeterFactory meters) =>
        _refusals = meters.Create(MeterName).CreateCounter<long>("blueedge.outbound.refusals", "{call}", "Calls that were refused, by reason");

    public void Refused(OutboundReason reason) => _refusals.Add(1, new KeyValuePair<string, object?>("reason", Words[reason]));
}
