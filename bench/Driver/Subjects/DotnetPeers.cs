using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Peers that are programs of ours: raw Kestrel, and Orleans without BlueEdge.</summary>
internal static class DotnetPeers
{
    public static Task<Subject> StartKestrelAsync(this Workplace place) => StartAsync(place, "Kestrel", "KestrelPeer", "\"engines\":3");

    public static Task<Subject> StartOrleansAsync(this Workplace place) => StartAsync(place, "Orleans", "OrleansPeer", "\"number\": {{n}}");

    /// <summary>A bare Kestrel, of which no load is started yet.</summary>
    public static Task<(ChildProcess Process, string Address)> StartKestrelAloneAsync(this Workplace place) => StartAsync(place, "KestrelPeer");

    private static async Task<(ChildProcess Process, string Address)> StartAsync(Workplace place, string project)
    {
        var address = $"http://127.0.0.1:{Workplace.FreePort()}";
        var process = place.Start(
            project, "dotnet", [place.Program(project, "BlueEdge." + project), place.NewFolder(project + "-data")], ("ASPNETCORE_URLS", address));
        await process.AwaitReadyAsync(address + "/health/ready");
        return (process, address);
    }

    private static async Task<Subject> StartAsync(Workplace place, string name, string project, string expected)
    {
        var (process, address) = await StartAsync(place, project);
        return new(name, await place.StartLoadAsync(project, address + "/sessions", "relays", 200, expected), [process]);
    }
}
