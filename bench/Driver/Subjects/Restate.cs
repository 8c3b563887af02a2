using System.Globalization;
using System.Text;
using BlueEdge.Driver.Processes;

namespace BlueEdge.Driver.Subjects;

/// <summary>Restate: its server, and a process of services, one of which calls another three times.</summary>
internal static class Restate
{
    public static async Task<Subject> StartRestateAsync(this Workplace place)
    {
        var folder = Path.Combine(place.Root, "bench", "peers", "restate");
        var (ingress, admin, node, service) = (Workplace.FreePort(), Workplace.FreePort(), Workplace.FreePort(), Workplace.FreePort());
        var services = place.Start(
            "restate-services", "node", [Path.Combine(folder, "service.mjs"), service.ToString(CultureInfo.InvariantCulture)], ("RESTATE_LOGGING", "ERROR"), ("NODE_ENV", "production"));
        await services.AwaitReadyAsync();
        var server = place.Start(
            "restate-server",
            Path.Combine(folder, "node_modules", "@restatedev", "restate-server-linux-x64", "bin", "restate-server"),
            ["--base-dir", place.NewFolder("restate-data")],
            ("RESTATE_INGRESS__BIND_ADDRESS", $"127.0.0.1:{ingress}"),
            ("RESTATE_ADMIN__BIND_ADDRESS", $"127.0.0.1:{admin}"),
            ("RESTATE_BIND_ADDRESS", $"127.0.0.1:{node}"),
            ("RESTATE_LOG_FILTER", "warn"),
            ("DO_NOT_TRACK", "1"));
        await server.AwaitReadyAsync($"http://127.0.0.1:{admin}/health");

        using var http = new HttpClient();
        using var deployment = new StringContent($"{{\"uri\": \"http://127.0.0.1:{service}\"}}", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri($"http://127.0.0.1:{admin}/deployments"), deployment);
        if (!answer.IsSuccessStatusCode)
        {
            throw new BenchException($"Restate took no deployment: {await answer.Content.ReadAsStringAsync()}");
        }

        var load = await place.StartLoadAsync("restate", $"http://127.0.0.1:{ingress}/session/run", "item", 200, "\"number\":{{n}}");
        return new("Restate", load, [server, services]);
    }
}
