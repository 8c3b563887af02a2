using System.Text;
using System.Text.Json;

namespace BlueEdge.Silo.Tests.Processes;

/// <summary>What a proxy in front says of a call.</summary>
public sealed class ProxyTests
{
    private const string Live = """
        {
          "dataChannels": [{"name": "In", "type": "JSON", "external": "in"}, {"name": "Out", "type": "JSON", "interested": true}],
          "engines": [{"id": "relay", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "Out"}]}]
        }
        """;

    [Theory]
    [InlineData("true", "https://")]
    [InlineData("false", "http://")]
    public async Task Its_scheme_is_believed_where_that_is_set_and_nowhere_else(string enabled, string scheme)
    {
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string> { ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = enabled });
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/process-workflow") { Content = new StringContent(Live, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var response = await silo.Http.SendAsync(request, TestContext.Current.CancellationToken);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(scheme, answer.RootElement.GetProperty("data").GetProperty("channels").GetProperty("In").GetProperty("url").GetString());
    }
}
