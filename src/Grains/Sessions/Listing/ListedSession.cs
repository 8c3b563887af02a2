using System.Collections.Immutable;
using System.Globalization;
using BlueEdge.Storage;
using StackExchange.Redis;

namespace BlueEdge.Sessions.Listing;

/// <summary>What the lists know of a session: where it stands in time, and under which engines.</summary>
internal sealed record ListedSession(string SessionId, DateTimeOffset SubmittedAt, ImmutableArray<string> Engines)
{
    /// <summary>Ids of engines have no control characters.</summary>
    private const char Separator = '\n';

    /// <summary>Its place in every list, as text that sorts by time; also the cursor of a page that ends with it.</summary>
    public string Place => SubmittedAt.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + SessionId;

    public static string SessionIdOf(string place) => place[16..];

    /// <summary>When the session was submitted, in ticks of UTC.</summary>
    public static long TicksOf(string place) => long.Parse(place.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static ListedSession Of(string sessionId, SessionSpec spec, SessionState state) =>
        new(sessionId, state.SubmittedAt, [.. spec.Nodes.Select(node => node.Engine).Distinct(StringComparer.Ordinal)]);

    /// <summary>The lists that it stands in under a group.</summary>
    public IEnumerable<RedisKey> Lists(SessionGroup group) =>
        Engines.Select(engine => StorageKeys.SessionList(group, engine)).Prepend(StorageKeys.SessionList(group, engine: null));

    /// <summary>All of it and the group as one text, for the day when it is to be taken out again.</summary>
    public string Format(SessionGroup group) => string.Join(Separator, [Place, group.ToString(), .. Engines]);

    public static (ListedSession Session, SessionGroup Group) Parse(string text)
    {
        var parts = text.Split(Separator);
        return (
            new(SessionIdOf(parts[0]), new(TicksOf(parts[0]), TimeSpan.Zero), [.. parts.AsSpan(2)]),
            Enum.Parse<SessionGroup>(parts[1]));
    }
}
