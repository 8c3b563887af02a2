using BlueEdge.Sessions.Events;

namespace BlueEdge.ClientStreams;

/// <summary>What came on the <see cref="SessionStreams"/>: a change of a session, or that something may be missing.</summary>
/// <param name="Event">The event.</param>
/// <param name="Step">Whether it is newer than all of its session that came before, which what is repeated or late is not, and what may be missing before it.</param>
/// <param name="Place">Where the subscriber is once it has taken it: to be kept by who wants to go on from there.</param>
public sealed record SessionStreamItem(SessionStreamEvent Event, SessionStreamStep Step, long Place);
