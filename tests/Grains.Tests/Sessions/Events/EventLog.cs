using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Tests.Sessions.Events;

/// <summary>Reads what a session keeps of what happened to it.</summary>
internal static class EventLog
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Follows a session to the end of its events.</summary>
    public static async Task<List<SessionEvent>> FollowAsync(ISessionGrain session)
    {
        List<SessionEvent> events = [];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var page = await session.FollowEventsAsync(events.Count, Patience, patience.Token) ?? throw new InvalidOperationException("The session is unknown.");
            events.AddRange(page.Events);
            if (page.IsLast)
            {
                return events;
            }

            Assert.False(patience.IsCancellationRequested, $"The session's events have no end; so far: {string.Join(", ", events)}");
        }
    }
}
