using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>BlueEdge on a control plane, as <c>deploy/k8s/overlays/local</c> has it: what is built here, with a real Redis.</summary>
public sealed class KubeCluster : IAsyncLifetime
{
    /// <summary>The namespace of everything.</summary>
    public const string Namespace = "blueedge";

    /// <summary>How long a pod may take to be ready on a machine that starts several at once.</summary>
    public static readonly TimeSpan Start = TimeSpan.FromMinutes(4);

    private const string ScalerAddress = "127.0.0.1:7060";
    private static readonly string[] Engines = ["delay", "relay", "hello"];
    private readonly string _blobs = Directory.CreateTempSubdirectory("blueedge-kube-blobs-").FullName;
    private RedisServer? _redis;
    private Running? _running;

    /// <summary>The control plane; a test is skipped where there is none.</summary>
    public KubeLab Lab => Get().Lab;

    /// <summary>Its API, for the administrator.</summary>
    public KubeApi Api => Get().Api;

    /// <summary>All pods.</summary>
    public Watched Pods => Get().Pods;

    /// <summary>REST, through the service of the gateways.</summary>
    public Gateway Rest => Get().Rest;

    public async ValueTask InitializeAsync()
    {
        if (KubeLab.Missing is not null)
        {
            return;
        }

        _redis = await RedisServer.StartAsync();
        var lab = await KubeLab.StartAsync(JsonSerializer.Serialize(Images()));
        var api = KubeApi.Administrator(lab);
        await lab.TellAsync("create", "namespace", Namespace);
        await PutSecretAsync(lab, "blueedge-redis", ("connection", _redis.Address));
        await PutSecretAsync(lab, "blueedge-dashboard", ("key", "for-tests-only"));
        await PutSecretAsync(lab, "blueedge-webhooks", ("secret", $"whsec_{Convert.ToBase64String(new byte[32])}"));
        var pods = new Watched(api, $"/api/v1/namespaces/{Namespace}/pods");
        var (gateway, scaler) = (new ServiceStandIn(pods, "blueedge-gateway", 5080), new ServiceStandIn(pods, "blueedge-core", 7060));
        _running = new(
            lab, api, pods, gateway, scaler,
            new(new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{gateway.Port}"))));
        _running.Rest.Http.DefaultRequestHeaders.Host = "blueedge-gateway"; // What callers in a cluster call it by.
        var manifests = await lab.TellAsync("kustomize", Path.Combine(KubeLab.Root, "deploy", "k8s", "overlays", "local"));
        Assert.Contains(ScalerAddress, manifests, StringComparison.Ordinal);
        manifests = manifests.Replace(ScalerAddress, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{scaler.Port}"), StringComparison.Ordinal);
        await lab.TellAsync(["apply", "--server-side", "--validate=strict", "-n", Namespace, "-f", "-"], manifests);
        await Pods.UntilAsync("two core silos and two gateways are ready", Start, all =>
            CountReady(all, "blueedge-core") >= 2 && CountReady(all, "blueedge-gateway") >= 2);
        await UntilKnownAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            running.Rest.Dispose();
            await running.Gateway.DisposeAsync();
            await running.Scaler.DisposeAsync();
            await running.Pods.DisposeAsync();
            running.Api.Dispose();
            await running.Lab.DisposeAsync();
        }

        if (_redis is { } redis)
        {
            await redis.DisposeAsync();
        }

        Directory.Delete(_blobs, recursive: true);
    }

    /// <summary>How many pods of a deployment there are that are not told to end.</summary>
    public int Count(string deployment) => Pods.All.Count(pod => Pod.IsOf(pod, deployment) && !Pod.IsLeaving(pod));

    /// <summary>Waits until an engine has no pod left: nothing of a test before is there.</summary>
    public Task IsAtZeroAsync(string engine) =>
        Pods.UntilAsync($"engine {engine} has no pod", TimeSpan.FromMinutes(3), pods => !pods.Any(pod => Pod.IsOf(pod, $"engine-{engine}")));

    /// <summary>The engine as REST tells it now.</summary>
    public async Task<JsonElement> FindEngineAsync(string id)
    {
        var answer = await Rest.Http.GetFromJsonAsync<JsonElement>(new Uri("api/v1/engines", UriKind.Relative), TestContext.Current.CancellationToken);
        return answer.GetProperty("data").GetProperty("engines").EnumerateArray().FirstOrDefault(engine => engine.GetProperty("id").GetString() == id);
    }

    private static int CountReady(IReadOnlyList<JsonElement> pods, string deployment) => pods.Count(pod => Pod.IsOf(pod, deployment) && Pod.IsReady(pod));

    private static Task<string> PutSecretAsync(KubeLab lab, string name, (string Key, string Value) entry) =>
        lab.TellAsync("-n", Namespace, "create", "secret", "generic", name, $"--from-literal={entry.Key}={entry.Value}");

    /// <summary>Waits until every engine's first instance has told of it.</summary>
    private async Task UntilKnownAsync()
    {
        using var patience = new CancellationTokenSource(Start, TimeProvider.System);
        foreach (var engine in Engines)
        {
            while (!await IsKnownAsync(engine))
            {
                // REST has no event of it.
                Assert.False(patience.IsCancellationRequested, $"Engine {engine} is not known after {Start}.");
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }
    }

    private async Task<bool> IsKnownAsync(string engine)
    {
        try
        {
            return (await FindEngineAsync(engine)).ValueKind is not JsonValueKind.Undefined;
        }
        catch (HttpRequestException early) when (early.StatusCode is null)
        {
            // A pod is ready a moment before its service knows.
            return false;
        }
    }

    private Dictionary<string, object> Images()
    {
        var bin = Path.Combine(KubeLab.Root, "artifacts", "bin");
        Dictionary<string, object> images = new(StringComparer.Ordinal)
        {
            ["blueedge/core-silo"] = Image("CoreSilo", "BlueEdge.CoreSilo"),
            ["blueedge/gateway"] = Image("Gateway", "BlueEdge.Gateway"),
        };
        foreach (var engine in Engines)
        {
            images[$"blueedge/engine-{engine}"] = Image("KubeHost", "BlueEdge.KubeHost", $"--engine={engine}");
        }

        return images;

        object Image(string project, string program, params string[] arguments) => new
        {
            command = (string[])["dotnet", Path.Combine(bin, project, "release", $"{program}.dll"), .. arguments],
            env = new Dictionary<string, string> { ["BlueEdge__Blobs__Path"] = _blobs },
            dir = "",
        };
    }

    private Running Get()
    {
        Assert.SkipWhen(_running is null, KubeLab.Missing ?? "");
        return _running;
    }

    private sealed record Running(KubeLab Lab, KubeApi Api, Watched Pods, ServiceStandIn Gateway, ServiceStandIn Scaler, Gateway Rest);
}
