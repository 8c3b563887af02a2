using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>BlueEdge as people start it: one process, its data in a folder.</summary>
internal static class BlueEdgeSilo
{
    public const string Name = "BlueEdge";

    /// <summary>Starts it with data of its own; returns where it listens.</summary>
    public static async Task<(ChildProcess Process, string Address)> StartSiloAsync(
        this Workplace place, string name = "blueedge", string project = "Silo", params (string, string)[] settings)
    {
        var address = $"http://127.0.0.1:{Workplace.FreePort()}";
        var silo = place.Start(
            name,
            "dotnet",
            [place.Program(project, $"BlueEdge.{project}")],
            [("ASPNETCORE_URLS", address), ("BlueEdge__DataPath", place.NewFolder(name + "-data")), .. settings]);
        await silo.AwaitReadyAsync(address + "/health/ready");
        return (silo, address);
    }

    /// <summary>A chain of three <c>relay</c> nodes with one item, posted with wait; the whole answer is looked at.</summary>
    public static async Task<Subject> StartRelaysAsync(this Workplace place, string name = Name, params (string, string)[] settings)
    {
        var (silo, address) = await place.StartSiloAsync(name, settings: settings);
        return new(name, await place.StartRelayLoadAsync(name, address), [silo]);
    }

    public static Task<ChildProcess> StartRelayLoadAsync(this Workplace place, string name, string address) => place.StartLoadAsync(
        name, address + "/api/v1/process-workflow", "relays", 200, "\"status\":\"finished\"", "\"Final\":[{\"number\": {{n}}, \"text\": \"a payload of some size, as small messages are\"}]");
}
