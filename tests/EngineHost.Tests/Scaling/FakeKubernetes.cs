using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Threading.Channels;
using BlueEdge.EngineHost.Scaling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BlueEdge.EngineHost.Tests.Scaling;

/// <summary>As much of Kubernetes' API as takes a pod's annotation, with a certificate of its own, and a pod's service account.</summary>
internal sealed class FakeKubernetes : IAsyncDisposable
{
    private const string Token = "token-1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-pod-").FullName;
    private readonly Channel<string> _costs = Channel.CreateUnbounded<string>();
    private readonly WebApplication _server;

    private FakeKubernetes(WebApplication server) => _server = server;

    /// <summary>What the next calls are answered with instead of 200.</summary>
    public ConcurrentQueue<HttpStatusCode> Refusals { get; } = new();

    /// <summary>How often it was called.</summary>
    public int Calls { get; private set; }

    public PodIdentity Pod => new(new(_server.Urls.First()), "engines", "engine-1", _folder);

    public static async Task<FakeKubernetes> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest wanted = new("CN=kubernetes", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        wanted.CertificateExtensions.Add(names.Build());
        wanted.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var certificate = wanted.CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        FakeKubernetes fake = new(builder.Build());
        await File.WriteAllTextAsync(Path.Combine(fake._folder, "ca.crt"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(fake._folder, "token"), Token);
        fake._server.MapPatch("/api/v1/namespaces/engines/pods/engine-1", fake.PatchAsync);
        await fake._server.StartAsync();
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The next cost that was set.</summary>
    public Task<string> NextAsync() => _costs.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience, TimeProvider.System);

    private async Task<IResult> PatchAsync(HttpRequest request)
    {
        Calls++;
        if (Refusals.TryDequeue(out var refusal))
        {
            return TypedResults.StatusCode((int)refusal);
        }

        if (request.Headers.Authorization.ToString() != $"Bearer {Token}" || request.ContentType != "application/merge-patch+json")
        {
            return TypedResults.BadRequest();
        }

        using var document = await JsonDocument.ParseAsync(request.Body);
        _costs.Writer.TryWrite(document.RootElement.GetProperty("metadata").GetProperty("annotations").GetProperty("controller.kubernetes.io/pod-deletion-cost").GetString()!); // It was set.
        return TypedResults.Ok();
    }
}
