using System.Collections.Immutable;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>All who listen to the sessions of a silo.</summary>
internal sealed class SessionEventSinks(IEnumerable<ISessionEventSink> sinks)
{
    private readonly ImmutableArray<ISessionEventSink> _sinks = [.. sinks];

    /// <summary>Whether anybody wants to hear of the session.</summary>
    public bool Want(SessionSpec spec) => _sinks.Any(sink => sink.Wants(spec));

    /// <summary>The types of what engines say that anybody wants to hear of; <see langword="null"/> for all.</summary>
    public ImmutableArray<string>? SaidTypesOf(SessionSpec spec)
    {
        var wanted = _sinks.Where(sink => sink.Wants(spec)).Select(sink => sink.SaidTypesOf(spec)).ToList();
        return spec.KeepsEvents || wanted.Contains(null) ? null : [.. wanted.SelectMany(types => types ?? []).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Hands events to all who want them; where one does not take them, all hear them again.</summary>
    public Task TakeAsync(ListenedSession session, ImmutableArray<SessionEvent> events, CancellationToken cancellationToken) =>
        Task.WhenAll(_sinks.Where(sink => sink.Wants(session.Spec)).Select(sink => sink.TakeAsync(session, events, cancellationToken)));
}
