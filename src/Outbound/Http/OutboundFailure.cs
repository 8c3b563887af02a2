namespace BlueEdge.Outbound.Http;

/// <summary>There was no whole answer; whether the request arrived is not known, unless nothing was connected to.</summary>
/// <param name="Kind">What did not work.</param>
/// <param name="Message">The same for whoever named the address.</param>
public sealed record OutboundFailure(OutboundFailureKind Kind, string Message) : OutboundResult;
