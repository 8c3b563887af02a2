namespace BlueEdge.Outbound;

/// <summary>That something is not called, or not sent along.</summary>
/// <param name="Reason">Why, as one of few words.</param>
/// <param name="Message">Why, for whoever named the address.</param>
public sealed record OutboundRefusal(OutboundReason Reason, string Message);
