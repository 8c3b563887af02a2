using System.Globalization;

namespace BlueEdge.EngineHost.Scaling;

/// <summary>The pod that this process is the container of, and how it speaks to Kubernetes.</summary>
/// <param name="Server">Kubernetes' API.</param>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Name">The pod's name.</param>
/// <param name="Folder">Where its service account's <c>token</c> and <c>ca.crt</c> are; they may be exchanged while it runs.</param>
internal sealed record PodIdentity(Uri Server, string Namespace, string Name, string Folder)
{
    private const string AccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    public string TokenFile => Path.Combine(Folder, "token");

    public string CertificateFile => Path.Combine(Folder, "ca.crt");

    /// <summary>What Kubernetes gives each pod, and <c>POD_NAME</c> beside it; <see langword="null"/> where something is missing, as outside of a cluster.</summary>
    /// <param name="read">Reads an environment variable.</param>
    /// <param name="folder">Where the service account is.</param>
    public static PodIdentity? Find(Func<string, string?> read, string folder = AccountFolder)
    {
        var names = Path.Combine(folder, "namespace");
        return read("KUBERNETES_SERVICE_HOST") is { Length: > 0 } host
            && read("POD_NAME") is { Length: > 0 } pod
            && File.Exists(Path.Combine(folder, "token"))
            && (read("POD_NAMESPACE") ?? (File.Exists(names) ? File.ReadAllText(names).Trim() : null)) is { Length: > 0 } space
            ? new(new UriBuilder(Uri.UriSchemeHttps, host, PortOf(read)).Uri, space, pod, folder)
            : null;
    }

    private static int PortOf(Func<string, string?> read) =>
        int.TryParse(read("KUBERNETES_SERVICE_PORT_HTTPS") ?? read("KUBERNETES_SERVICE_PORT"), CultureInfo.InvariantCulture, out var port) ? port : 443;
}
