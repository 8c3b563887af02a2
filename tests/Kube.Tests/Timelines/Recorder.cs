using System.Diagnostics;
using System.Text.Json;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Timelines;

/// <summary>Looks at an engine once a second, from its making on.</summary>
internal sealed class Recorder : IAsyncDisposable
{
    private const int MostSamples = 900;
    private readonly KubeCluster _cluster;
    private readonly string _engine;
    private readonly Watched _deployments;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<IReadOnlyList<Sample>> _samples;

    public Recorder(KubeCluster cluster, string engine)
    {
        (_cluster, _engine) = (cluster, engine);
        _deployments = new(cluster.Api, $"/apis/apps/v1/namespaces/{KubeCluster.Namespace}/deployments");
        _samples = SampleAsync();
    }

    /// <summary>It has looked once: what is submitted from now on was not there before.</summary>
    public Task FirstAsync() => Task.WhenAny(_first.Task, _samples).Unwrap();

    /// <summary>What was seen until no instance was left.</summary>
    public async Task<IReadOnlyList<Sample>> EndAsync()
    {
        await _end.CancelAsync();
        return await _samples;
    }

    /// <summary>Writes what was seen where <c>scripts/scaling-timeline</c> wants it.</summary>
    public static void Keep(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("BLUEEDGE_TIMELINE") is { Length: > 0 } folder)
        {
            File.WriteAllText(Path.Combine(folder, file), text);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await ((Task)_samples).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _deployments.DisposeAsync();
        _end.Dispose();
    }

    private static int Read(JsonElement item, string name) => item.GetProperty(name).GetInt32();

    private async Task<IReadOnlyList<Sample>> SampleAsync()
    {
        List<Sample> samples = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), TimeProvider.System);
        var since = Stopwatch.GetTimestamp();
        while ((!_end.IsCancellationRequested || samples is not [.., { Running: 0 }]) && samples.Count < MostSamples)
        {
            var engine = await _cluster.FindEngineAsync(_engine);
            var instances = engine.GetProperty("instances").EnumerateArray().ToList();
            var deployment = _deployments.All.FirstOrDefault(each => Pod.NameOf(each) == $"engine-{_engine}");
            samples.Add(new(
                (int)Stopwatch.GetElapsedTime(since).TotalSeconds,
                Read(engine, "waiting") + Read(engine, "working"),
                deployment.ValueKind is JsonValueKind.Object ? Read(deployment.GetProperty("spec"), "replicas") : 0,
                instances.Count,
                instances.Count(instance => Read(instance, "busy") > 0)));
            _first.TrySetResult();
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return samples;
    }
}
