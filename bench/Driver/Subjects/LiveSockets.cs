using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Sockets on which what is sent comes back: of sessions with one <c>relay</c> each, and of a bare Kestrel.</summary>
internal static class LiveSockets
{
    /// <summary>So many sessions of that process, with a socket each.</summary>
    public static async Task<Subject> StartRelayedAsync(this Workplace place, ChildProcess silo, SessionClient sessions, int sockets)
    {
        List<string> addresses = [];
        while (addresses.Count < sockets)
        {
            addresses.Add(await sessions.StartAsync(Workplace.Body("live")));
        }

        return new(BlueEdgeSilo.Name, await place.StartSocketsAsync(BlueEdgeSilo.Name, "session", addresses), [silo]);
    }

    /// <summary>So many sockets of that process, which sends back what comes.</summary>
    public static async Task<Subject> StartEchoedAsync(this Workplace place, ChildProcess kestrel, string address, int sockets) =>
        new(kestrel.Name, await place.StartSocketsAsync(kestrel.Name, "echo", [.. Enumerable.Repeat($"{address}/echo", sockets)]), [kestrel]);

    private static async Task<ChildProcess> StartSocketsAsync(this Workplace place, string name, string kind, List<string> addresses)
    {
        var load = place.Start($"{name}-{addresses.Count}-load", "dotnet", [place.Program("Load", "BlueEdge.Load"), kind, .. addresses]);
        await load.AwaitReadyAsync();
        return load;
    }
}
