using System.Collections.Immutable;
using System.Globalization;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions.Listing;

/// <summary>What the lists know of a session: where it stands in time, and under which engines.</summary>
public sealed record ListedSession(string SessionId, DateTimeOffset SubmittedAt, ImmutableArray<string> Engines)
{
    /// <summary>Whose lists it stands in: <see cref="SessionState.Tenant"/>.</summary>
    public string? Tenant { get; init; }

    /// <summary>Its place in every list, as text that sorts by time; also the cursor of a page that ends with it.</summary>
    public string Place => SubmittedAt.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + SessionId;

    /// <summary>The id in a list's entry.</summary>
    public static string SessionIdOf(string place) => place[16..];

    /// <summary>When the session was submitted, in ticks of UTC.</summary>
    public static long TicksOf(string place) => long.Parse(place.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>The entry of a session, as its state has it.</summary>
    public static ListedSession Of(string sessionId, SessionSpec spec, SessionState state) =>
        new(sessionId, state.SubmittedAt, [.. spec.Nodes.Select(node => node.Engine).Distinct(StringComparer.Ordinal)]) { Tenant = state.Tenant };
}
