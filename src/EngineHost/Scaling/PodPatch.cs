using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace BlueEdge.EngineHost.Scaling;

/// <summary>Sets the annotation of this process's own pod by which Kubernetes decides which pods go first.</summary>
internal sealed class PodPatch : IDisposable
{
    /// <summary>The annotation: of pods that are alike those with the lowest number go first.</summary>
    public const string Annotation = "controller.kubernetes.io/pod-deletion-cost";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly PodIdentity _pod;
    private readonly HttpClient _http;

    public PodPatch(PodIdentity pod)
    {
        _pod = pod;
        X509ChainPolicy trust = new() { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(pod.CertificateFile);
        _http = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = trust },
        })
        {
            BaseAddress = pod.Server,
            Timeout = Patience,
        };
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="HttpRequestException">It was refused, or nobody answered; the message says what to do.</exception>
    public async Task SetCostAsync(int cost, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"api/v1/namespaces/{Uri.EscapeDataString(_pod.Namespace)}/pods/{Uri.EscapeDataString(_pod.Name)}");
        request.Content = new StringContent(
            string.Create(CultureInfo.InvariantCulture, $"{{\"metadata\":{{\"annotations\":{{\"{Annotation}\":\"{cost}\"}}}}}}"),
            new MediaTypeHeaderValue("application/merge-patch+json"));

        // It is exchanged every hour or so.
        request.Headers.Authorization = new("Bearer", (await File.ReadAllTextAsync(_pod.TokenFile, cancellationToken)).Trim());
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException(
                response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized
                    ? $"Kubernetes answers {(int)response.StatusCode}: give the pod's service account the verb patch on pods in namespace '{_pod.Namespace}'."
                    : $"Kubernetes answers {(int)response.StatusCode} for pod '{_pod.Namespace}/{_pod.Name}'.",
                inner: null,
                response.StatusCode);
        }
    }
}
