namespace BlueEdge.Outbound.Http;

/// <summary>Nothing was sent.</summary>
/// <param name="Refusal">Why.</param>
public sealed record OutboundRefused(OutboundRefusal Refusal) : OutboundResult;
