using BlueEdge.Grains.Sessions.Listing;

namespace BlueEdge.Store.Redis.Sessions.Listing;

/// <summary>An ended session as a member of the set of those that expire: all that has to be known to take it out again.</summary>
internal static class ExpiringMember
{
    /// <summary>Ids of engines have no control characters.</summary>
    private const char Separator = '\n';

    /// <summary>Between group and tenant, where the session has a named one.</summary>
    private const char Of = '/';

    public static string Format(ListedSession session, SessionGroup group) =>
        string.Join(Separator, [session.Place, session.Tenant is { } tenant ? $"{group}{Of}{tenant}" : group.ToString(), .. session.Engines]);

    public static ExpiredSession Parse(string text)
    {
        var parts = text.Split(Separator);
        var group = parts[1].Split(Of);
        return new(
            new(ListedSession.SessionIdOf(parts[0]), new(ListedSession.TicksOf(parts[0]), TimeSpan.Zero), [.. parts.AsSpan(2)]) { Tenant = group.ElementAtOrDefault(1) },
            Enum.Parse<SessionGroup>(group[0]));
    }
}
