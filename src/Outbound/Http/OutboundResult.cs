namespace BlueEdge.Outbound.Http;

/// <summary>What became of a request: an <see cref="OutboundAnswer"/>, an <see cref="OutboundFailure"/> or an <see cref="OutboundRefused"/>.</summary>
public abstract record OutboundResult;
