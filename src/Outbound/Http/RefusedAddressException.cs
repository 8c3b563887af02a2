using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BlueEdge.Outbound.Http;

/// <summary>Carries a refusal from where a connection is made to whoever sent the request; nobody else sees it.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "There is none without a refusal.")]
internal sealed class RefusedAddressException(OutboundRefusal refusal, IPAddress address) : Exception(refusal.Message)
{
    public OutboundRefusal Refusal { get; } = refusal;

    /// <summary>What the host was resolved to.</summary>
    public IPAddress Address { get; } = address;
}
