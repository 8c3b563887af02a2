using System.Collections.Immutable;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>
/// Somebody who listens to sessions. What happens to a session that it wants is stored in the same write as the change, and handed
/// over afterwards: each session's events in their order, each at least once, whatever dies in between.
/// </summary>
internal interface ISessionEventSink
{
    /// <summary>Whether it wants to hear of a session; asked once, when the session is created.</summary>
    bool Wants(SessionSpec spec);

    /// <summary>
    /// The types of what engines say that it wants to hear of, of a session that it wants; <see langword="null"/> for all. Others are
    /// not stored, unless somebody else wants them.
    /// </summary>
    ImmutableArray<string>? SaidTypesOf(SessionSpec spec);

    /// <summary>
    /// Takes events; returns once it will not need them again, and throws where they are to come again. It may hear an event twice,
    /// and knows it by its number. A gap in the numbers, and between <see cref="ListenedSession.Told"/> and the first, says that events were dropped: a session keeps
    /// the newest <see cref="SessionEvents.MostKept"/>.
    /// </summary>
    Task TakeAsync(ListenedSession session, ImmutableArray<SessionEvent> events, CancellationToken cancellationToken);
}
