using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Security;

/// <summary>A tenant's quota is one, however many gateways it calls at.</summary>
public sealed class QuotaTests(QuotaCluster cluster) : IClassFixture<QuotaCluster>
{
    private const string Hello = """{"engineId": "hello", "inputs": {"Control": {"type": "JSON", "payload": {"name": "Ada"}}}}""";
    private const int Callers = 12;
    private static readonly TimeSpan Flood = TimeSpan.FromSeconds(8);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tenant_that_floods_two_gateways_is_let_by_as_often_as_it_may_and_harms_no_other()
    {
        var (blue, red) = (await MakeAsync("blue"), await MakeAsync("red"));
        await SubmitAsync(cluster.First, red); // What a process does for the first time takes long.
        await SubmitAsync(cluster.Second, red);
        var began = TimeProvider.System.GetTimestamp();
        List<Task<List<(int Second, HttpStatusCode Status)>>> floods = [.. new[] { cluster.First, cluster.Second }.SelectMany(gateway => Enumerable.Repeat(gateway, Callers)).Select(gateway => FloodAsync(gateway, blue, began))];

        List<HttpStatusCode> others = [];
        while (TimeProvider.System.GetElapsedTime(began) < Flood)
        {
            others.Add(await SubmitAsync(others.Count % 2 == 0 ? cluster.First : cluster.Second, red));
        }

        var answers = (await Task.WhenAll(floods)).SelectMany(each => each).ToList();
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var admitted = answers.Count(answer => answer.Status is HttpStatusCode.OK);
        var due = answers.CountBy(answer => answer.Second).Sum(second => Math.Min(second.Value, QuotaCluster.Limit)); // Of a machine that stands still for seconds no more is asked.

        TestContext.Current.TestOutputHelper?.WriteLine($"{admitted} of {answers.Count} in {seconds:0.00} s, where {QuotaCluster.Limit} a second may be, and {due} were asked for; {others.Count} of the other tenant.");
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, $"{answer.Status}"));
        Assert.InRange(due, QuotaCluster.Limit, int.MaxValue);
        Assert.InRange(admitted, due * 0.9, (QuotaCluster.Limit * seconds * 1.1) + QuotaCluster.Limit);
        Assert.All(others, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.InRange(others.Count, 5, int.MaxValue);
    }

    private static async Task<List<(int Second, HttpStatusCode Status)>> FloodAsync(Processes.Gateway gateway, string key, long began)
    {
        List<(int Second, HttpStatusCode Status)> answers = [];
        while (TimeProvider.System.GetElapsedTime(began) is var at && at < Flood)
        {
            answers.Add(((int)at.TotalSeconds, await SubmitAsync(gateway, key)));
            if (answers[^1].Status is HttpStatusCode.TooManyRequests)
            {
                // Often enough; what more they could do is the machine's.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
            }
        }

        return answers;
    }

    private static async Task<HttpStatusCode> SubmitAsync(Processes.Gateway gateway, string key)
    {
        using var response = await SendAsync(gateway, "api/v1/process-single-engine", key, Hello);
        if (response.StatusCode is HttpStatusCode.TooManyRequests)
        {
            var quota = (await Processes.Gateway.ReadAsync(response)).GetProperty("data").GetProperty("quota");
            Assert.Equal(("submissions-per-second", QuotaCluster.Limit), (quota.GetProperty("name").GetString(), quota.GetProperty("limit").GetInt32()));
            Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        }

        return response.StatusCode;
    }

    private async Task<string> MakeAsync(string tenant)
    {
        using var response = await SendAsync(cluster.First, "api/v1/keys", Canaries.Key, $$"""{"name": "a test's", "tenant": "{{tenant}}", "roles": ["submitter"]}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode is HttpStatusCode.Created ? HttpStatusCode.OK : response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("data").GetProperty("key").GetString()!; // Of every key.
    }

    private static async Task<HttpResponseMessage> SendAsync(Processes.Gateway gateway, string path, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await gateway.Http.SendAsync(request, Ct);
    }
}
