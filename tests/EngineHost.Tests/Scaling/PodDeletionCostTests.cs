using System.Net;
using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.EngineHost.Scaling;
using BlueEdge.EngineHost.Tests.Cluster;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.EngineHost.Tests.Scaling;

/// <summary>What Kubernetes hears of the work in a pod.</summary>
public sealed class PodDeletionCostTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly EngineRuns _runs = new();
    private readonly RecordingLogger<PodDeletionCost> _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_cost_is_what_runs_and_goes_down_again_when_it_has_ended()
    {
        await using var kubernetes = await FakeKubernetes.StartAsync();
        using var cost = await StartAsync(kubernetes.Pod);
        Assert.Equal("0", await NextAsync(kubernetes));

        var (one, two) = (Run(), Run());
        _runs.Add(one);
        _runs.Add(two);
        Assert.Equal("2", await NextAsync(kubernetes));

        _runs.Remove(one);
        Assert.Equal("1", await NextAsync(kubernetes));
        _runs.Remove(two);
        Assert.Equal("0", await NextAsync(kubernetes));

        await cost.StopAsync(Ct);
        Assert.Equal(4, kubernetes.Calls);
        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Short_sessions_that_come_and_go_are_no_news()
    {
        await using var kubernetes = await FakeKubernetes.StartAsync();
        using var cost = await StartAsync(kubernetes.Pod);
        Assert.Equal("0", await NextAsync(kubernetes));
        var held = Run();
        _runs.Add(held);
        Assert.Equal("1", await NextAsync(kubernetes));

        for (var i = 0; i < 50; i++)
        {
            _runs.Remove(held);
            await PassAsync();
            _runs.Add(held);
            await PassAsync();
        }

        _runs.Add(Run());
        Assert.Equal("2", await NextAsync(kubernetes));
        Assert.Equal(3, kubernetes.Calls);
        await cost.StopAsync(Ct);
    }

    [Fact]
    public async Task A_refusal_is_told_of_once_with_what_to_do_and_tried_again_until_what_runs_then_is_heard()
    {
        await using var kubernetes = await FakeKubernetes.StartAsync();
        kubernetes.Refusals.Enqueue(HttpStatusCode.Forbidden);
        kubernetes.Refusals.Enqueue(HttpStatusCode.InternalServerError);
        _runs.Add(Run());

        using var cost = await StartAsync(kubernetes.Pod);

        Assert.Equal("1", await NextAsync(kubernetes));
        Assert.Equal(3, kubernetes.Calls);
        Assert.Contains("give the pod's service account the verb patch on pods in namespace 'engines'", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);
        await cost.StopAsync(Ct);
    }

    [Fact]
    public async Task Outside_of_a_pod_it_says_so_and_unset_it_does_nothing()
    {
        using var outside = await StartAsync(pod: null);
        await outside.ExecuteTask!; // It was started.
        Assert.Contains("POD_NAME", Assert.Single(_log.Entries).Message, StringComparison.Ordinal);

        using PodDeletionCost unset = new(_runs, () => throw new InvalidOperationException("It looks."), Options.Create(new EngineHostOptions()), _clock, _log);
        await unset.StartAsync(Ct);
        await unset.ExecuteTask!; // It was started.
    }

    [Fact]
    public async Task A_pod_is_known_by_what_Kubernetes_gives_it()
    {
        var folder = Directory.CreateTempSubdirectory("blueedge-account-").FullName;
        try
        {
            Dictionary<string, string> environment = new(StringComparer.Ordinal)
            {
                ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1",
                ["KUBERNETES_SERVICE_PORT_HTTPS"] = "6443",
                ["POD_NAME"] = "engine-1",
            };
            await File.WriteAllTextAsync(Path.Combine(folder, "namespace"), "engines\n", Ct);
            Assert.Null(PodIdentity.Find(environment.GetValueOrDefault, folder)); // There is no token.
            await File.WriteAllTextAsync(Path.Combine(folder, "token"), "token", Ct);

            Assert.Equal(new(new("https://10.0.0.1:6443"), "engines", "engine-1", folder), PodIdentity.Find(environment.GetValueOrDefault, folder));
            environment["POD_NAMESPACE"] = "others";
            environment["KUBERNETES_SERVICE_HOST"] = "fd00::1";
            Assert.Equal(new(new("https://[fd00::1]:6443"), "others", "engine-1", folder), PodIdentity.Find(environment.GetValueOrDefault, folder));
            environment.Remove("POD_NAME");
            Assert.Null(PodIdentity.Find(environment.GetValueOrDefault, folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<PodDeletionCost> StartAsync(PodIdentity? pod)
    {
        PodDeletionCost cost = new(_runs, () => pod, Options.Create(new EngineHostOptions { PodDeletionCost = true }), _clock, _log);
        await cost.StartAsync(Ct);
        return cost;
    }

    /// <summary>Lets time pass until something is heard.</summary>
    private async Task<string> NextAsync(FakeKubernetes kubernetes)
    {
        var next = kubernetes.NextAsync();
        while (!next.IsCompleted)
        {
            await PassAsync();
        }

        return await next;
    }

    private async Task PassAsync()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        // For what has its turn then.
        await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Ct);
    }

    private static EngineRun Run() => new(
        new SubSessionStart
        {
            Key = new(SessionIds.Create(), "n"),
            Epoch = 1,
            Lease = new() { Engine = "any", Instance = "any" },
            Inputs = [],
            Outputs = [],
            StopGrace = TimeSpan.Zero,
        },
        new() { Id = "any", Name = "any", Version = "1", Inputs = [], Outputs = [], Slots = 1 },
        temporaryFolder: "",
        new Inbox([], windowItems: 1, windowBytes: 1),
        (_, _) => throw new InvalidOperationException("It writes."),
        _ => throw new InvalidOperationException("It tells events."),
        payloads: null!, // It reads nothing.
        _ => Task.CompletedTask,
        (_, _) => { });
}
