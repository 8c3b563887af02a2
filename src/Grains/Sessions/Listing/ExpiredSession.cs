namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>An ended session whose retention is over, as the lists know it.</summary>
public readonly record struct ExpiredSession(ListedSession Session, SessionGroup Group);
