using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Streams;

/// <summary>Writes events to the <see cref="SessionStreams"/>, in their order; done once they are durable. Where it throws they are written again.</summary>
public delegate Task SessionStreamOutlet(IReadOnlyList<SessionStreamEvent> events);
