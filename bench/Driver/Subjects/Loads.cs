using System.Globalization;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Starts the load on an HTTP server.</summary>
internal static class Loads
{
    public static async Task<ChildProcess> StartLoadAsync(this Workplace place, string name, string url, string body, int status, params string[] expected)
    {
        var load = place.Start(
            name + "-load",
            "dotnet",
            [place.Program("Load", "BlueEdge.Load"), url, Workplace.Body(body), status.ToString(CultureInfo.InvariantCulture), .. expected]);
        await load.AwaitReadyAsync();
        return load;
    }
}
