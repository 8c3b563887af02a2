using System.Collections.Concurrent;
using System.Collections.Immutable;
using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Tests.Sessions.Events;

/// <summary>Remembers what it took of sessions with a rank of its own; one for all silos of a cluster.</summary>
internal sealed class RecordingSink : ISessionEventSink
{
    /// <summary>The rank of the sessions it wants.</summary>
    public const int Rank = 7;

    private readonly ConcurrentDictionary<string, ImmutableList<SessionEvent>> _taken = new(StringComparer.Ordinal);

    /// <summary>Called before events are taken; what it throws refuses them.</summary>
    public Func<string, ImmutableArray<SessionEvent>, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The types of what engines say that it wants to hear of; all where there is none.</summary>
    public ImmutableArray<string>? Said { get; set; }

    public ImmutableArray<string>? SaidTypesOf(SessionSpec spec) => Said;

    public bool Wants(SessionSpec spec) => spec.Rank == Rank;

    public async Task TakeAsync(ListenedSession session, ImmutableArray<SessionEvent> events, CancellationToken cancellationToken)
    {
        await Before(session.SessionId, events);
        _taken.AddOrUpdate(session.SessionId, _ => [.. events], (_, taken) => taken.AddRange(events));
    }

    /// <summary>The events of a session in the order in which they were taken, some perhaps twice.</summary>
    public ImmutableList<SessionEvent> Of(string sessionId) => _taken.GetValueOrDefault(sessionId, []);

    /// <summary>Whether the session's end was taken.</summary>
    public bool HasEndOf(string sessionId) => Of(sessionId).Any(one => one.Status is { } status && status.IsTerminal());
}
