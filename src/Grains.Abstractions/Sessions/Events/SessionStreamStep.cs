namespace BlueEdge.Sessions.Events;

/// <summary>How an event of the <see cref="SessionStreams"/> follows those before it.</summary>
/// <param name="IsNew">Whether it is a change of a session, and newer than all of that session that came before: who keeps sessions takes it, and no other.</param>
/// <param name="Missing">What may be missing before it.</param>
public readonly record struct SessionStreamStep(bool IsNew, SessionStreamLoss Missing);
