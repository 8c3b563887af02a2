using System.Diagnostics;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Client;
using BlueEdge.Cluster.Tests.Processes;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BlueEdge.Cluster.Tests.Clients;

public sealed class ClientTests(TestCluster cluster) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly CancellationTokenSource _patience = new(Patience, TimeProvider.System);
    private IHost _host = null!; // Set before the test.

    private IBlueEdgeClient Client => _host.Services.GetRequiredService<IBlueEdgeClient>();

    private CancellationToken Ct => _patience.Token;

    public async ValueTask InitializeAsync() => _host = await cluster.ConnectAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task The_sample_prints_what_the_engine_says()
    {
        var (exitCode, output) = await Command.RunAsync(
            "dotnet",
            [Path.Combine(TestCluster.Root, "artifacts", "bin", "SampleClient", "release", "BlueEdge.Samples.SampleClient.dll"), "Ada", "Grace"],
            cluster.ClientSettings);

        Assert.True(exitCode == 0, output);
        Assert.Contains("Hello, Ada!", output);
        Assert.Contains("Hello, Grace!", output);
        Assert.Contains(": Finished", output);
    }

    [Fact]
    public async Task Results_come_one_by_one_while_the_session_runs()
    {
        var id = await Client.SubmitAsync(Delays(0.3, 0.3, 60), cancellationToken: Ct);
        List<double> seconds = [];
        List<long> offsets = [];
        var since = Stopwatch.StartNew();

        await foreach (var result in Client.ResultsAsync(id, "Results", Ct))
        {
            // Whoever is not told looks after 20 s.
            Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
            seconds.Add(JsonDocument.Parse(result.Payload.Bytes).RootElement.GetProperty("seconds").GetDouble());
            offsets.Add(result.Offset);
            if (seconds.Count == 2)
            {
                Assert.Equal(SessionStatus.Processing, (await Client.FindAsync(id, Ct))?.Status);
                await Client.StopAsync(id, Ct);
            }
        }

        Assert.Equal([0.3, 0.3], seconds);
        Assert.Equal([0L, 1L], offsets);
        Assert.Equal(SessionStatus.Canceled, (await Client.WaitAsync(id, Ct))?.Status);
    }

    [Theory]
    [InlineData("silo-1")]
    [InlineData("silo-2")]
    public async Task Results_go_on_where_they_were_when_a_silo_is_killed(string silo)
    {
        var id = await Client.SubmitAsync(Delays([.. Enumerable.Repeat(0.4, 15)]), cancellationToken: Ct);
        List<long> offsets = [];

        await foreach (var result in Client.ResultsAsync(id, "Results", Ct))
        {
            offsets.Add(result.Offset);
            if (offsets.Count == 2)
            {
                await cluster.KillAsync(silo);
            }
        }

        Assert.Equal(Enumerable.Range(0, 15).Select(number => (long)number), offsets);
        Assert.Equal(SessionStatus.Finished, (await Client.WaitAsync(id, Ct))?.Status);
        await cluster.StartAsync(silo);
    }

    [Fact]
    public async Task Submitting_under_one_id_twice_runs_one_session()
    {
        var id = SessionIds.Create();

        Assert.Equal(id, await Client.SubmitAsync(Delays(0.01), id, Ct));
        Assert.Equal(id, await Client.SubmitAsync(Delays(0.01), id, Ct));

        Assert.Equal(SessionStatus.Finished, (await Client.WaitAsync(id, Ct))?.Status);
    }

    [Fact]
    public async Task A_session_with_faults_is_refused_with_all_of_them()
    {
        var spec = Delays(0.01) with { Nodes = [new() { Name = "A", Engine = "none" }, new() { Name = "B", Engine = "nowhere" }] };

        var refused = await Assert.ThrowsAsync<InvalidSessionException>(() => Client.SubmitAsync(spec, cancellationToken: Ct));

        Assert.InRange(refused.Faults.Length, 2, int.MaxValue);
    }

    [Fact]
    public async Task What_is_unknown_is_null_and_has_no_results()
    {
        var id = SessionIds.Create();

        Assert.Null(await Client.FindAsync(id, Ct));
        Assert.Null(await Client.WaitAsync(id, Ct));
        Assert.Null(await Client.StopAsync(id, Ct));
        await foreach (var result in Client.ResultsAsync(id, "Results", Ct))
        {
            Assert.Fail($"There is a result: {result}");
        }
    }

    private static SessionSpec Delays(params double[] seconds) => new()
    {
        Channels = [new() { Name = "Orders", Type = ChannelType.Json }, new() { Name = "Results", Type = ChannelType.Json, Interested = true }],
        Nodes =
        [
            new()
            {
                Name = "Delay",
                Engine = "delay",
                Inputs = [new() { Port = "Control", Channel = "Orders" }],
                Outputs = [new() { Port = "Result", Channel = "Results" }],
            },
        ],
        StartData =
        [
            .. seconds.Select(each => new StartDataSpec
            {
                Channel = "Orders",
                Payload = Payload.Json(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"seconds\": {each}}}"))),
            }),
        ],
    };
}
