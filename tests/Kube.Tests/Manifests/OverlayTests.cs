using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Manifests;

/// <summary>What <c>deploy/k8s</c> makes, as a real API server takes it.</summary>
public sealed class OverlayTests(KubeCluster cluster)
{
    private static readonly string Folder = Path.Combine(KubeLab.Root, "deploy", "k8s");

    /// <summary>Every folder that can be installed: the overlays, and engines that are installed by themselves.</summary>
    public static TheoryData<string> Installable =>
    [
        .. Directory.GetFiles(Folder, "kustomization.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, Path.GetDirectoryName(file)!)) // It is in a folder.
            .Where(folder => !folder.StartsWith("components", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_kind_of_installation_is_there() =>
        Assert.Superset(new HashSet<string>(["base", "overlays/cloud", "overlays/on-prem", "overlays/hybrid/core", "overlays/hybrid/edge", "overlays/local"]), Installable.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Installable))]
    public async Task A_server_takes_it_strictly(string folder)
    {
        var manifests = await cluster.Lab.TellAsync("kustomize", Path.Combine(Folder, folder));

        // In the namespace that the commands name, and in the default one, in which kube check looks.
        foreach (var place in (string[])[KubeCluster.Namespace, "default"])
        {
            var said = await cluster.Lab.TellAsync(["apply", "--server-side", "--force-conflicts", "--dry-run=server", "--validate=strict", "-n", place, "-f", "-"], manifests);

            Assert.Equal(
                manifests.Split('\n').Count(line => line.StartsWith("kind: ", StringComparison.Ordinal)),
                said.Split('\n').Count(line => line.EndsWith("(server dry run)", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Installable))]
    public async Task It_has_no_secret_but_names_them(string folder)
    {
        var manifests = await cluster.Lab.TellAsync("kustomize", Path.Combine(Folder, folder));

        Assert.DoesNotContain("kind: Secret\n", manifests, StringComparison.Ordinal);
    }
}
