using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Dashboard;

public sealed class DashboardAccessTests
{
    private const string Dashboard = "dashboard/";
    private const string Key = "a long enough key";

    [Fact]
    public async Task On_loopback_it_is_there()
    {
        await using var silo = await SiloProcess.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await silo.GetStatusAsync(Dashboard));
    }

    [Fact]
    public async Task Where_other_machines_could_see_it_it_is_off()
    {
        await using var silo = await SiloProcess.StartAsync(settings: SiloProcess.OnEveryAddress);

        Assert.Equal(HttpStatusCode.Forbidden, await silo.GetStatusAsync(Dashboard));
        Assert.Equal(HttpStatusCode.Forbidden, await silo.GetStatusAsync("dashboard/version"));
    }

    [Fact]
    public async Task With_a_key_it_is_there_for_who_knows_the_key()
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>(SiloProcess.OnEveryAddress) { ["BlueEdge__Dashboard__Key"] = Key });

        Assert.Equal(HttpStatusCode.Unauthorized, await silo.GetStatusAsync(Dashboard));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(silo, "anyone:another key"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(silo, $"anyone:{Key}"));
    }

    private static async Task<HttpStatusCode> GetAsync(SiloProcess silo, string credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Dashboard);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        using var response = await silo.Http.SendAsync(request);
        return response.StatusCode;
    }
}
