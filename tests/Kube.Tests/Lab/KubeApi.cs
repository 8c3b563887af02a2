using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>Speaks to the API of a control plane, as its administrator or as who has a token.</summary>
public sealed class KubeApi : IDisposable
{
    private readonly HttpClient _http;

    private KubeApi(KubeLab lab, X509Certificate2? self, string? token)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(lab.Folder, "certs", "ca.crt"));
        var handler = new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, errors) => IsTrusted(errors), CertificateChainPolicy = Trust(authority) } };
        if (self is not null)
        {
            handler.SslOptions.ClientCertificates = [self];
        }

        _http = new(handler) { BaseAddress = lab.Address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
    }

    /// <summary>The administrator, who may do everything.</summary>
    public static KubeApi Administrator(KubeLab lab)
    {
        using var pem = X509Certificate2.CreateFromPemFile(Path.Combine(lab.Folder, "certs", "admin.crt"), Path.Combine(lab.Folder, "certs", "admin.key"));

        // TLS wants a key that it can find again.
        return new(lab, X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null), null);
    }

    /// <summary>Whoever has this token.</summary>
    public static KubeApi Holder(KubeLab lab, string token) => new(lab, null, token);

    public void Dispose() => _http.Dispose();

    public async Task<JsonElement> GetAsync(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a request, with a merge patch where there is a body.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Whether it is allowed, and what was answered.</summary>
    public async Task<(HttpStatusCode Status, string Answer)> TryAsync(HttpMethod method, string path, string? body = null)
    {
        using var response = await SendAsync(method, path, body);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>All objects of a list and then each change of them, for ever.</summary>
    public async Task<StreamReader> WatchAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{path}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true", UriKind.Relative));
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return new(await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    private static bool IsTrusted(SslPolicyErrors errors) => errors is SslPolicyErrors.None;

    private static X509ChainPolicy Trust(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        CustomTrustStore = { authority },
    };
}
