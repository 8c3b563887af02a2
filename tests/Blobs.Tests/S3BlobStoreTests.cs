using System.Security.Cryptography;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Blobs.Tests;

public sealed class S3BlobStoreTests(S3Server server)
{
    private readonly string _sessionId = SessionIds.Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Up to a part, just a part, just more, and several.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8 * 1024 * 1024)]
    [InlineData((8 * 1024 * 1024) + 1)]
    [InlineData(30_000_000)]
    public async Task A_blob_is_read_back_as_it_was_written(int length)
    {
        using var services = Configure();
        var store = services.GetRequiredService<IBlobStore>();
        var bytes = RandomNumberGenerator.GetBytes(length);

        var (blob, written) = await store.WriteAsync(_sessionId, new TricklingStream(bytes), Ct);

        Assert.Equal(length, written);
        await using var content = await store.OpenAsync(blob, Ct);
        Assert.Equal(length, content.Length);
        Assert.Equal(bytes, await ReadAsync(content));
    }

    [Fact]
    public async Task A_blob_is_read_from_where_one_wants()
    {
        using var services = Configure();
        var store = services.GetRequiredService<IBlobStore>();
        var bytes = RandomNumberGenerator.GetBytes(1_000_000);
        var (blob, _) = await store.WriteAsync(_sessionId, new MemoryStream(bytes), Ct);

        await using var content = await store.OpenAsync(blob, Ct);

        content.Seek(900_000, SeekOrigin.Begin);
        Assert.Equal(bytes[900_000..], await ReadAsync(content));
        content.Seek(10, SeekOrigin.Begin);
        Assert.Equal(bytes[10..], await ReadAsync(content));
    }

    [Fact]
    public async Task A_share_outlives_what_it_was_made_of()
    {
        using var services = Configure();
        var store = services.GetRequiredService<IBlobStore>();
        var (blob, _) = await store.WriteAsync(_sessionId, new MemoryStream([1, 2, 3]), Ct);
        var other = SessionIds.Create();

        var (share, length) = await store.ShareAsync(blob, other, Ct);
        Assert.Equal((share, length), await store.ShareAsync(blob, other, Ct));

        Assert.Equal((blob with { SessionId = other }, 3), (share, length));
        Assert.True(await store.DeleteAsync(blob, Ct));
        Assert.False(await store.DeleteAsync(blob, Ct));
        await using var content = await store.OpenAsync(share, Ct);
        Assert.Equal([1, 2, 3], await ReadAsync(content));
        await Assert.ThrowsAsync<BlueEdgeException>(() => store.ShareAsync(blob, SessionIds.Create(), Ct));
    }

    [Fact]
    public async Task Deleting_a_sessions_blobs_leaves_the_others()
    {
        using var services = Configure();
        var store = services.GetRequiredService<IBlobStore>();

        // More than one page of a listing.
        var gone = new BlobReference[1_001];
        await Parallel.ForAsync(0, gone.Length, Ct, async (number, ct) => (gone[number], _) = await store.WriteAsync(_sessionId, new MemoryStream([1]), ct));
        var (kept, _) = await store.WriteAsync(SessionIds.Create(), new MemoryStream([2]), Ct);

        await store.DeleteAsync(_sessionId, Ct);
        await store.DeleteAsync(_sessionId, Ct);

        await Parallel.ForEachAsync(gone, Ct, async (blob, ct) => await Assert.ThrowsAsync<BlueEdgeException>(() => store.OpenAsync(blob, ct)));
        await using var content = await store.OpenAsync(kept, Ct);
        Assert.Equal([2], await ReadAsync(content));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(10_000_000)]
    public async Task A_write_that_breaks_off_leaves_nothing(int after)
    {
        using var services = Configure();
        var store = services.GetRequiredService<IBlobStore>();

        await Assert.ThrowsAsync<IOException>(() => store.WriteAsync(_sessionId, new TricklingStream(new byte[after], breaks: true), Ct));

        using var client = services.GetRequiredService<S3Client>().Value;
        var objects = await client.ListObjectsV2Async(new() { BucketName = Bucket(services), Prefix = $"blueedge/{_sessionId}/" }, Ct);
        Assert.Empty(objects.S3Objects ?? []);
        var uploads = await client.ListMultipartUploadsAsync(Bucket(services), Ct);
        Assert.Empty(uploads.MultipartUploads ?? []);
    }

    [Fact]
    public async Task Two_that_make_the_bucket_at_once_both_write()
    {
        var settings = new Dictionary<string, string?> { ["BlueEdge:Blobs:S3:Bucket"] = $"blueedge-{Guid.NewGuid():N}" };
        using var first = Configure(settings);
        using var second = Configure(settings);

        var blobs = await Task.WhenAll(((ServiceProvider[])[first, second]).Select(services =>
            services.GetRequiredService<IBlobStore>().WriteAsync(_sessionId, new MemoryStream([1]), Ct)));

        Assert.All(blobs, blob => Assert.Equal(1, blob.Length));
    }

    [Fact]
    public async Task In_a_bucket_that_is_missing_nothing_is_found_and_nothing_to_delete()
    {
        using var services = Configure();
        var store = services.GetRequiredService<IBlobStore>();

        await store.DeleteAsync(_sessionId, Ct);

        var blob = new BlobReference { SessionId = _sessionId, Name = SessionIds.Create() };
        await Assert.ThrowsAsync<BlueEdgeException>(() => store.OpenAsync(blob, Ct));
    }

    [Fact]
    public async Task A_bucket_that_cannot_be_made_is_named_with_the_remedy()
    {
        using var services = Configure(new() { ["BlueEdge:Blobs:S3:Bucket"] = "No_Bucket_Is_Named_So" });

        var error = await Assert.ThrowsAsync<BlueEdgeException>(() => services.GetRequiredService<IBlobStore>().WriteAsync(_sessionId, new MemoryStream([1]), Ct));

        Assert.Contains("No_Bucket_Is_Named_So", error.Message);
        Assert.Contains("BlueEdge:Blobs:S3:Bucket", error.Message);
    }

    [Fact]
    public void A_store_without_a_bucket_is_refused()
    {
        using var services = Configure(new() { ["BlueEdge:Blobs:S3:Bucket"] = "" });

        var error = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("BlueEdge:Blobs:S3:Bucket is not set", error.Message);
    }

    [Theory]
    [InlineData("../../etc", "passwd")]
    [InlineData("0123456789abcdef0123456789abcdef", "../secret")]
    public async Task A_reference_never_names_another_object(string sessionId, string name)
    {
        using var services = Configure();

        await Assert.ThrowsAsync<BlueEdgeException>(() => services.GetRequiredService<IBlobStore>().OpenAsync(new() { SessionId = sessionId, Name = name }, Ct));
    }

    private static async Task<byte[]> ReadAsync(Stream content)
    {
        using var read = new MemoryStream();
        await content.CopyToAsync(read, Ct);
        return read.ToArray();
    }

    private static string Bucket(IServiceProvider services) => services.GetRequiredService<IOptions<S3BlobStoreOptions>>().Value.Bucket;

    /// <summary>A process's services, set as a process is.</summary>
    private ServiceProvider Configure(Dictionary<string, string?>? settings = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["BlueEdge:Blobs:Store"] = "s3",
                ["BlueEdge:Blobs:S3:Endpoint"] = server.Address.ToString(),
                ["BlueEdge:Blobs:S3:Bucket"] = $"blueedge-{Guid.NewGuid():N}",
                ["BlueEdge:Blobs:S3:AccessKey"] = S3Server.AccessKey,
                ["BlueEdge:Blobs:S3:SecretKey"] = S3Server.SecretKey,
            })
            .AddInMemoryCollection(settings ?? [])
            .Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddBlobStore()
            .AddSingleton(_ => new S3Client(server.Address))
            .BuildServiceProvider();
    }

    /// <summary>A client of one's own, to look behind the store.</summary>
    private sealed record S3Client(Uri Address)
    {
        public Amazon.S3.AmazonS3Client Value { get; } = new(
            S3Server.AccessKey, S3Server.SecretKey, new Amazon.S3.AmazonS3Config { ServiceURL = Address.ToString(), ForcePathStyle = true });
    }
}
