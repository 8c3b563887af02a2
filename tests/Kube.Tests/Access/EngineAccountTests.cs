using System.Net;
using System.Text.Json;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Access;

/// <summary>What the token of an engine's pod is good for.</summary>
public sealed class EngineAccountTests(KubeCluster cluster) : IAsyncLifetime
{
    private const string Cost = """{"metadata":{"annotations":{"controller.kubernetes.io/pod-deletion-cost":"7"}}}""";
    private const string Pods = $"/api/v1/namespaces/{KubeCluster.Namespace}/pods";
    private const string Own = "access-of-an-engine";
    private const string Other = "another-engines-pod";
    private KubeApi _engine = null!; // Set before any test.

    public async ValueTask InitializeAsync()
    {
        if (KubeLab.Missing is not null)
        {
            return;
        }

        await MakePodAsync(Own);
        await MakePodAsync(Other);
        var token = await cluster.Lab.TellAsync("-n", KubeCluster.Namespace, "create", "token", "blueedge-engine", "--bound-object-kind=Pod", $"--bound-object-name={Own}");
        _engine = KubeApi.Holder(cluster.Lab, token.Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (KubeLab.Missing is null)
        {
            await cluster.Lab.TellAsync("-n", KubeCluster.Namespace, "delete", "pod", Own, Other, "--grace-period=0", "--force");
            _engine.Dispose();
        }
    }

    [Fact]
    public async Task It_may_say_how_costly_its_own_pods_end_is()
    {
        var (status, answer) = await PatchAsync(Own, Cost);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("7", Pod.AnnotationOf(JsonDocument.Parse(answer).RootElement, "controller.kubernetes.io/pod-deletion-cost"));
    }

    [Theory]
    [InlineData("""{"metadata":{"annotations":{"other":"7"}}}""")]
    [InlineData("""{"metadata":{"annotations":{"kept":null}}}""")]
    [InlineData("""{"metadata":{"labels":{"app.kubernetes.io/name":"core-silo"}}}""")]
    [InlineData("""{"metadata":{"finalizers":["blueedge/never"]}}""")]
    [InlineData("""{"spec":{"activeDeadlineSeconds":1}}""")]
    public async Task It_may_change_nothing_else_of_it(string patch)
    {
        var (status, answer) = await PatchAsync(Own, patch);

        Assert.True(status is HttpStatusCode.Forbidden, answer);
    }

    [Fact]
    public async Task It_may_not_change_another_pod()
    {
        var (status, answer) = await PatchAsync(Other, Cost);

        Assert.True(status is HttpStatusCode.Forbidden, answer);
    }

    [Theory]
    [InlineData("GET", Pods)]
    [InlineData("GET", $"{Pods}/{Own}")]
    [InlineData("DELETE", $"{Pods}/{Own}")]
    [InlineData("DELETE", $"{Pods}/{Other}")]
    [InlineData("GET", $"{Pods}/{Own}/log")]
    [InlineData("POST", $"{Pods}/{Own}/eviction")]
    [InlineData("GET", $"/api/v1/namespaces/{KubeCluster.Namespace}/secrets")]
    [InlineData("GET", $"/api/v1/namespaces/{KubeCluster.Namespace}/secrets/blueedge-redis")]
    [InlineData("GET", $"/api/v1/namespaces/{KubeCluster.Namespace}/configmaps/blueedge")]
    [InlineData("GET", $"/apis/apps/v1/namespaces/{KubeCluster.Namespace}/deployments")]
    [InlineData("GET", "/api/v1/nodes")]
    [InlineData("GET", "/api/v1/namespaces/default/pods")]
    public async Task It_may_not_do_anything_else(string method, string path)
    {
        var (status, answer) = await Engine().TryAsync(new(method), path);

        Assert.True(status is HttpStatusCode.Forbidden, answer);
    }

    private Task<(HttpStatusCode Status, string Answer)> PatchAsync(string pod, string patch) => Engine().TryAsync(HttpMethod.Patch, $"{Pods}/{pod}", patch);

    private KubeApi Engine()
    {
        _ = cluster.Lab;
        return _engine;
    }

    /// <summary>A pod that waits for its image for ever: what it is matters, not what it runs.</summary>
    private async Task MakePodAsync(string name) => await cluster.Lab.TellAsync(
        ["apply", "--server-side", "-n", KubeCluster.Namespace, "-f", "-"],
        $$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: {{{name}}}, labels: {app: access}, annotations: {kept: "yes"}}
        spec:
          serviceAccountName: blueedge-engine
          securityContext: {runAsNonRoot: true, runAsUser: 1654, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: engine
              image: not-there
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
        """);
}
