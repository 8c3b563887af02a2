namespace BlueEdge.Outbound.Http;

/// <summary>Nothing was sent.</summary>
/// <param name="Refusal">Why.</param>
internal sealed record OutboundRefused(OutboundRefusal Refusal) : OutboundResult;
