using BlueEdge.Grains.Sessions.Listing;

namespace BlueEdge.Store.Redis.Sessions.Listing;

/// <summary>An ended session as a member of the set of those that expire: all that has to be known to take it out again.</summary>
internal static class ExpiringMember
{
    /// <summary>Ids of engines have no control characters.</summary>
    private const char Separator = '\n';

    public static string Format(ListedSession session, SessionGroup group) =>
        string.Join(Separator, [session.Place, group.ToString(), .. session.Engines]);

    public static ExpiredSession Parse(string text)
    {
        var parts = text.Split(Separator);
        return new(
            new(ListedSession.SessionIdOf(parts[0]), new(ListedSession.TicksOf(parts[0]), TimeSpan.Zero), [.. parts.AsSpan(2)]),
            Enum.Parse<SessionGroup>(parts[1]));
    }
}
