using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>Clients that write to a channel while processes die: they send again, at another gateway, what nobody answered.</summary>
public sealed class InputKillTests(TestCluster cluster)
{
    private const int Writers = 6;
    private const int Each = 200;
    private const int Together = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_a_gateway_and_then_a_core_silo_are_killed()
    {
        var session = await BeginAsync();
        var quarters = Enumerable.Range(0, 2).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var writing = Enumerable.Range(0, Writers).Select(writer => WriteAllAsync(session, writer, quarters)).ToList();

        await quarters[0].Task;
        await cluster.KillAsync("gateway-1");
        await quarters[1].Task;
        await cluster.KillAsync("silo-1");
        await Task.WhenAll(writing).WaitAsync(Patience, TimeProvider.System, Ct);
        await UntilTakenAsync($"api/v1/sessions/{session}/channels/In/end", "", cluster.Second);

        var end = await cluster.Second.WaitForEndAsync(session, Patience);
        Assert.True(end.GetProperty("process").GetProperty("status").GetString() is "finished", end.ToString());
        var read = end.GetProperty("results").GetProperty("Final").EnumerateArray().Select(item => (Writer: item[0].GetInt32(), Number: item[1].GetInt32())).ToList();
        Assert.Equal(Writers * Each, read.Count);
        Assert.All(Enumerable.Range(0, Writers), writer => Assert.Equal(Enumerable.Range(0, Each), read.Where(item => item.Writer == writer).Select(item => item.Number)));
        await cluster.StartAsync("gateway-1");
        await cluster.StartAsync("silo-1");
        await cluster.IsIdleAsync();
    }

    private async Task<string> BeginAsync()
    {
        using var body = new StringContent(
            """
            {
              "dataChannels": [{"name": "In", "type": "JSON", "external": "in"}, {"name": "Final", "type": "JSON", "interested": true}],
              "engines": [{"id": "relay", "name": "one", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "Final"}]}]
            }
            """,
            Encoding.UTF8,
            "application/json");
        using var response = await cluster.First.Http.PostAsync(new Uri("api/v1/process-workflow", UriKind.Relative), body, Ct);
        var answer = await Gateway.ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An id is a text.
    }

    private async Task WriteAllAsync(string session, int writer, TaskCompletionSource[] quarters)
    {
        var gateway = cluster.First;
        for (var first = 0; first < Each; first += Together)
        {
            var lines = string.Join('\n', Enumerable.Range(first, Together).Select(number => $"[{writer},{number}]"));
            gateway = await UntilTakenAsync(string.Create(CultureInfo.InvariantCulture, $"api/v1/sessions/{session}/channels/In/items?writer=w{writer}&sequence={first}"), lines, gateway);
            if (first * 4 >= Each)
            {
                quarters[0].TrySetResult();
            }

            if (first * 2 >= Each)
            {
                quarters[1].TrySetResult();
            }
        }
    }

    /// <summary>Sends it until it is taken, at the other gateway where one does not answer; tells which one took it.</summary>
    private async Task<Gateway> UntilTakenAsync(string path, string lines, Gateway gateway)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var content = new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
                using var answer = await gateway.Http.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
                if (answer.StatusCode is HttpStatusCode.OK)
                {
                    return gateway;
                }

                Assert.True(answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Ct)}");
            }
            catch (HttpRequestException)
            {
                gateway = cluster.Second;
            }

            Assert.False(patience.IsCancellationRequested, $"{path} was not taken within {Patience}.");
            await Task.Delay(Pause, TimeProvider.System, Ct);
        }
    }
}
