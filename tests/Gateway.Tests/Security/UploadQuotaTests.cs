using System.Net;
using BlueEdge.Blobs;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Callers;
using BlueEdge.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Uploads belong to tenants, each of which may have so many bytes of them.</summary>
public sealed class UploadQuotaTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-uploads-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, InlineData("blue"), InlineData("default")]
    public async Task To_another_tenant_an_upload_is_as_one_that_never_was(string tenant)
    {
        await using var gateway = await StartAsync();
        var id = await UploadAsync(gateway, tenant, 10);
        var none = BlobId.Of(new() { SessionId = BlobId.OwnerAt(DateTimeOffset.UtcNow), Name = Guid.CreateVersion7().ToString("N") }, "a/b").ToString();

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Delete])
        {
            var (theirs, never) = (await AskAsync(gateway, "red", method, $"blobs/{id}"), await AskAsync(gateway, "red", method, $"blobs/{none}"));
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, never.StatusCode));
            Assert.Equal(never.Message.Replace(none[..20], id[..20], StringComparison.Ordinal)[..30], theirs.Message[..30]);
        }

        using var own = await SendAsync(gateway, tenant, HttpMethod.Get, $"blobs/{id}");
        Assert.Equal(10, (await own.Content.ReadAsByteArrayAsync(Ct)).Length);
        Assert.Equal(tenant is "default" ? [] : [tenant], gateway.Grains.UploadTenants.Tenants);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, tenant, HttpMethod.Delete, $"blobs/{id}")).StatusCode);
    }

    [Theory, InlineData("blue"), InlineData("default")]
    public async Task A_payload_names_an_upload_of_its_own_tenant(string tenant)
    {
        await using var gateway = await StartAsync();
        var id = await UploadAsync(gateway, "blue", 10);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("process-single-engine", UriKind.Relative))
        {
            Content = new StringContent($$"""{"engineId":"look","inputs":{"Picture":{"type":"Image","payload":{"blob":"{{id}}"} } } }""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(CallerStartupFilter.Header, tenant);

        var answer = await Answer.OfAsync(await gateway.Http.SendAsync(request, Ct));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var named = gateway.Grains.Session(gateway.Grains.Only()).Spec?.StartData[0].Payload.Blob;
        Assert.Equal(tenant is "blue", File.Exists(Path.Combine(_folder, named!.SessionId, named.Name))); // It names one.
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Bytes_beyond_those_that_may_be_stored_are_429_until_some_are_deleted(bool told)
    {
        await using var gateway = await StartAsync(("BlueEdge:Quotas:Default:BlobBytes", "100"));
        var id = await UploadAsync(gateway, "blue", 60);

        var refused = await Answer.OfAsync(await SendAsync(gateway, "blue", HttpMethod.Post, "blobs", told ? new ByteArrayContent(new byte[41]) : new StreamContent(new Untold(new byte[41]))));
        await UploadAsync(gateway, "red", 100);
        await UploadAsync(gateway, "blue", 40);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(gateway, "blue", HttpMethod.Delete, $"blobs/{id}")).StatusCode);
        await UploadAsync(gateway, "blue", 60);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("blob-bytes", refused.Data.GetProperty("quota").GetProperty("name").GetString());
        Assert.NotNull(refused.Response.Headers.RetryAfter);
        Assert.Equal(100, gateway.Grains.Quotas["blue"].State.BlobBytes);
    }

    private static async Task<string> UploadAsync(StubGateway gateway, string tenant, int bytes)
    {
        var answer = await Answer.OfAsync(await SendAsync(gateway, tenant, HttpMethod.Post, "blobs", new ByteArrayContent(new byte[bytes])));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Data.GetProperty("blob").GetString()!; // Of every upload.
    }

    private static async Task<Answer> AskAsync(StubGateway gateway, string tenant, HttpMethod method, string path) => await Answer.OfAsync(await SendAsync(gateway, tenant, method, path));

    private static async Task<HttpResponseMessage> SendAsync(StubGateway gateway, string tenant, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Add(CallerStartupFilter.Header, tenant);
        return await gateway.Http.SendAsync(request, Ct);
    }

    private Task<StubGateway> StartAsync(params (string Path, string Value)[] settings) => StubGateway.StartAsync(
        blobs: new FolderBlobStore(Options.Create(new FolderBlobStoreOptions { Path = _folder })),
        services: services => services.AddSingleton<IStartupFilter, CallerStartupFilter>(),
        settings: settings);
}
