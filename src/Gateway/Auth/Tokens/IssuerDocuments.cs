using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>Reads what an issuer publishes: only where nobody on the way can change it, and no more than a little.</summary>
internal sealed class IssuerDocuments(IOptions<OidcOptions> options) : IDocumentRetriever, IDisposable
{
    private const int MostBytes = 1024 * 1024;

    // Where the issuer sends us on to could be anywhere.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = MostBytes,
        Timeout = Timeout.InfiniteTimeSpan, // Whoever asks has one.
    };

    /// <exception cref="BlueEdgeException">It may not be read there.</exception>
    /// <exception cref="HttpRequestException">It cannot be read.</exception>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && options.Value.MayAsk(uri)
            ? await _http.GetStringAsync(uri, cancel)
            : throw new BlueEdgeException($"'{Shown.Short(address)}' is no address of https: {OidcOptions.Section}:{nameof(OidcOptions.AllowHttp)}=true allows http where the network is trusted.");

    public void Dispose() => _http.Dispose();
}
