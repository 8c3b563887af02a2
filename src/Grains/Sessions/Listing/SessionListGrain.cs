using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Calls;
using BlueEdge.Sessions;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>Looks up in the lists where to look, and asks the sessions themselves.</summary>
[GrainType("session-list"), StatelessWorker]
internal sealed class SessionListGrain(ISessionLists lists) : Grain, ISessionListGrain
{
    /// <summary>How many times a page's length is looked at for sessions in the status asked for, before a short page is answered.</summary>
    private const int MostReads = 5;

    public async Task<SessionPage> ListAsync(SessionQuery query, CancellationToken cancellationToken)
    {
        Check(query);
        var groups = query.Status is { } status ? [SessionGroups.Of(status)] : SessionGroups.All;
        var page = ImmutableArray.CreateBuilder<SessionSnapshot>(query.Limit);
        var cursor = query.Cursor;
        for (var reads = 0; reads < MostReads; reads++)
        {
            var places = await lists.ReadAsync(CallerContext.Current.NamedTenant, groups, query.Engine, cursor, query.Limit);
            var sessions = await Task.WhenAll(places.Select(place => FindAsync(place, cancellationToken)));
            foreach (var (place, session) in places.Zip(sessions))
            {
                if (page.Count == query.Limit)
                {
                    return new() { Sessions = page.MoveToImmutable(), NextCursor = cursor };
                }

                cursor = place;
                if (session is not null && (query.Status is null || session.Status == query.Status))
                {
                    page.Add(session);
                }
            }

            if (places.Length < query.Limit)
            {
                return new() { Sessions = page.ToImmutable() };
            }

            if (page.Count == query.Limit)
            {
                break;
            }
        }

        return new() { Sessions = page.ToImmutable(), NextCursor = cursor };
    }

    /// <summary>The session that was listed there; under its id there may be a later one, for which there is another place.</summary>
    private async Task<SessionSnapshot?> FindAsync(string place, CancellationToken cancellationToken) =>
        await GrainFactory.Find<ISessionGrain>(ListedSession.SessionIdOf(place)).FindAsync(cancellationToken) is { } session
        && session.SubmittedAt.UtcTicks == ListedSession.TicksOf(place) ? session : null;

    private static void Check(SessionQuery query)
    {
        if (query.Limit is < 1 or > SessionQuery.LargestLimit)
        {
            throw new BlueEdgeException($"A page of {query.Limit} sessions was asked for: it has from 1 to {SessionQuery.LargestLimit}.");
        }

        if (query.Cursor is { } cursor && !SessionCursors.IsValid(cursor))
        {
            throw new BlueEdgeException($"'{cursor}' is no cursor: pass on what the page before gave as its next one, or none.");
        }
    }
}
