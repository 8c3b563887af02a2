using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using BlueEdge.Blobs;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Tests.Blobs;

/// <summary>Content that is too large for JSON has a way in, and the way back.</summary>
[Collection(Alone.Name)]
public sealed class UploadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-uploads-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Content_over_the_limit_of_bodies_is_stored_as_it_is_and_read_back_also_in_ranges()
    {
        await using var gateway = await StartAsync();
        var bytes = new byte[40_000_000];
        Random.Shared.NextBytes(bytes);

        var answer = await UploadAsync(gateway, bytes, "application/pdf; version=1.7");

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal((40_000_000, "application/pdf; version=1.7"), (answer.Data.GetProperty("size").GetInt64(), answer.Data.GetProperty("mediaType").GetString()));
        Assert.InRange(answer.Data.GetProperty("expiresAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(25));
        using var read = await gateway.Http.GetAsync(answer.Response.Headers.Location, Ct);
        Assert.Equal("application/pdf; version=1.7", read.Content.Headers.ContentType?.ToString());
        Assert.Equal(bytes, await read.Content.ReadAsByteArrayAsync(Ct));
        using var head = await gateway.Http.SendAsync(new(HttpMethod.Head, answer.Response.Headers.Location), Ct);
        Assert.Equal(40_000_000, head.Content.Headers.ContentLength);
        using var range = new HttpRequestMessage(HttpMethod.Get, answer.Response.Headers.Location) { Headers = { Range = new RangeHeaderValue(39_999_998, null) } };
        using var part = await gateway.Http.SendAsync(range, Ct);
        Assert.Equal(bytes[39_999_998..], await part.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_over_its_own_limit_is_refused_whether_its_length_is_told_or_not_and_leaves_nothing(bool told)
    {
        await using var gateway = await StartAsync(limits => limits.BlobBytes = 10_000);
        using HttpContent content = told ? new ByteArrayContent(new byte[10_001]) : new StreamContent(new Untold(new byte[1_000_000]));

        var answer = await gateway.Http.SubmitAsync("blobs", content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("BlueEdge:Limits:BlobBytes", answer.Message, StringComparison.Ordinal);
        Assert.Empty(Files);
        Assert.Equal(HttpStatusCode.Created, (await UploadAsync(gateway, new byte[10_000], "a/b")).StatusCode);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await using var gateway = await StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync("127.0.0.1", gateway.Http.BaseAddress!.Port, Ct); // Set by the stub.
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST /api/v1/blobs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n{new string('x', 400_000)}"), Ct);
            await UntilAsync(() => Files.Length == 1, "a file that is being written");
        }

        await UntilAsync(() => Files.Length == 0, "an empty folder");
    }

    [Theory]
    [InlineData("%PDF-1.7 and so on", "application/pdf")]
    [InlineData("?", "application/octet-stream")]
    public async Task Content_without_a_media_type_is_what_it_looks_like(string text, string mediaType)
    {
        await using var gateway = await StartAsync();

        var answer = await UploadAsync(gateway, Encoding.ASCII.GetBytes(text), mediaType: null);

        Assert.Equal(mediaType, answer.Data.GetProperty("mediaType").GetString());
        Assert.Equal(text, await gateway.Http.GetStringAsync(answer.Response.Headers.Location, Ct));
    }

    [Fact]
    public async Task What_cannot_be_a_payload_is_refused()
    {
        await using var gateway = await StartAsync();
        using var squeezed = new ByteArrayContent([1]) { Headers = { ContentEncoding = { "gzip" } } };

        (await UploadAsync(gateway, [], "application/pdf")).HasFaults(("", "required"));
        (await UploadAsync(gateway, [1], "no media type")).HasFaults(("Content-Type", "malformed"));
        (await UploadAsync(gateway, [1], $"a/{new string('b', 20_000)}")).HasFaults(("Content-Type", "malformed"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await gateway.Http.SubmitAsync("blobs", squeezed)).StatusCode);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task An_upload_can_be_deleted_and_what_is_not_there_is_404()
    {
        await using var gateway = await StartAsync();
        var answer = await UploadAsync(gateway, [1], "a/b");
        var path = new Uri($"blobs/{answer.Data.GetProperty("blob").GetString()}", UriKind.Relative);

        Assert.Equal(HttpStatusCode.OK, (await Answer.OfAsync(await gateway.Http.DeleteAsync(path, Ct))).StatusCode);

        Assert.Empty(Files);
        Assert.Equal(HttpStatusCode.NotFound, (await Answer.OfAsync(await gateway.Http.DeleteAsync(path, Ct))).StatusCode);
        foreach (var id in new[] { path.OriginalString[6..], "blob-1", "..%2F..%2Fetc%2Fpasswd", new string('a', 1_000) })
        {
            var read = await gateway.Http.ReadAsync($"blobs/{id}");
            Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
            Assert.DoesNotContain("session", read.Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_payload_names_an_upload()
    {
        await using var gateway = await StartAsync();
        var id = (await UploadAsync(gateway, [1], "image/png")).Data.GetProperty("blob").GetString()!; // Checked by its use.

        var plain = await gateway.Http.SubmitAsync("process-workflow", Feed($$"""{"blob": "{{id}}"}"""));
        var typed = await gateway.Http.SubmitAsync("process-workflow", Feed($$"""{"blob": "{{id}}", "mediaType": "image/jpeg"}"""));

        var payload = gateway.Grains.Session(plain.SessionId).Spec!.StartData[0].Payload; // Submitted above.
        Assert.Equal((ChannelType.Image, "image/png", BlobId.TryParse(id)!.Upload), (payload.Type, payload.MediaType, payload.Blob)); // It is one.
        Assert.Equal("image/jpeg", gateway.Grains.Session(typed.SessionId).Spec!.StartData[0].Payload.MediaType); // Submitted above.
    }

    [Theory]
    [InlineData("""{"blob": "blob-1"}""", "malformed")]
    [InlineData("""{"blob": "../../etc/passwd"}""", "malformed")]
    [InlineData("""{"blob": ""}""", "malformed")]
    [InlineData("""{"blob": "blob-1", "data": "AAAA"}""", "type-mismatch")]
    [InlineData("""{"blob": 7}""", "type-mismatch")]
    [InlineData("""{}""", "type-mismatch")]
    public async Task What_names_no_upload_is_a_fault(string payload, string code)
    {
        await using var gateway = await StartAsync();

        (await gateway.Http.SubmitAsync("process-workflow", Feed(payload))).HasFaults(("/startData/0/payload", code));
        (await gateway.Http.SubmitAsync("process-single-engine", $$$"""{"engineId": "look", "inputs": {"Picture": {"type": "Image", "payload": {{{payload}}} } } }"""))
            .HasFaults(("/inputs/Picture/payload", code));
    }

    [Fact]
    public async Task A_full_disk_is_507_and_a_broken_one_503()
    {
        await using var full = await StubGateway.StartAsync(blobs: new FailingBlobs(new IOException("No space left on device", 28)));
        await using var broken = await StubGateway.StartAsync(blobs: new FailingBlobs(new UnauthorizedAccessException("The folder is locked.")));

        Assert.Equal(HttpStatusCode.InsufficientStorage, (await UploadAsync(full, [1], "a/b")).StatusCode);
        var unavailable = await UploadAsync(broken, [1], "a/b");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.StatusCode);
        Assert.Contains("The folder is locked.", unavailable.Message, StringComparison.Ordinal);
    }

    private string[] Files => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    private static string Feed(string payload) => $$"""
        {"dataChannels": [{"name": "a", "type": "Image"}], "engines": [{"id": "look", "inputs": [{"name": "Picture", "linkTo": "a"}]}],
         "startData": [{"channelName": "a", "payload": {{payload}}}]}
        """;

    private static Task<Answer> UploadAsync(StubGateway gateway, byte[] bytes, string? mediaType)
    {
        var content = new ByteArrayContent(bytes);
        if (mediaType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }

        return gateway.Http.SubmitAsync("blobs", content);
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (!condition())
        {
            Assert.False(patience.IsCancellationRequested, $"There is not {what}.");
            await Task.Yield();
        }
    }

    private Task<StubGateway> StartAsync(Action<SessionLimits>? limits = null) => StubGateway.StartAsync(
        blobs: new FolderBlobStore(Options.Create(new FolderBlobStoreOptions { Path = _folder })), limits: limits);
}
