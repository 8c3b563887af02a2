using System.Collections.Immutable;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Storage;

namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>
/// Which sessions there are, by tenant, group and engine, all ordered by the time of submission. The lists change with the sessions' own
/// states, in one step; see <see cref="ISessionStore"/>.
/// </summary>
/// <remarks>Every member throws <see cref="StoreUnavailableException"/> where the store does not answer, or takes no writes.</remarks>
public interface ISessionLists
{
    /// <summary>The places of the newest sessions of some groups, newest first, without those at or after a place.</summary>
    /// <param name="tenant">Whose sessions; <see langword="null"/> is the default tenant.</param>
    /// <param name="groups">The groups, in the order of <see cref="SessionGroups.All"/>.</param>
    /// <param name="engine">Only sessions with a node of this engine, or <see langword="null"/>.</param>
    /// <param name="before">A place, or <see langword="null"/> to begin with the newest.</param>
    /// <param name="count">At most so many.</param>
    Task<ImmutableArray<string>> ReadAsync(string? tenant, IReadOnlyList<SessionGroup> groups, string? engine, string? before, int count);

    /// <summary>How many sessions of a tenant are in some groups; what it costs does not grow with those in other groups.</summary>
    /// <param name="tenant">Whose sessions; <see langword="null"/> is the default tenant.</param>
    /// <param name="groups">The groups; a session that moves from one to another meanwhile may be counted in both.</param>
    Task<int> CountAsync(string? tenant, IReadOnlyList<SessionGroup> groups);

    /// <summary>Tenants but the default one that have sessions, or had some, in the order of their names, after one.</summary>
    /// <param name="after">A tenant, or <see langword="null"/> to begin with the first.</param>
    /// <param name="count">At most so many.</param>
    Task<ImmutableArray<string>> ReadTenantsAsync(string? after, int count);

    /// <summary>Ids of sessions of which somebody has yet to hear something, in the order of ids, after one.</summary>
    /// <param name="after">An id, or <see langword="null"/> to begin with the first.</param>
    /// <param name="count">At most so many.</param>
    Task<ImmutableArray<string>> ReadUntoldAsync(string? after, int count);

    /// <summary>Ended sessions whose retention is over by now, at most so many.</summary>
    Task<ImmutableArray<ExpiredSession>> ReadExpiredAsync(DateTimeOffset now, int count);

    /// <summary>Takes expired sessions out of the lists, and deletes what the store still has of them.</summary>
    Task RemoveAsync(ImmutableArray<ExpiredSession> sessions);
}
