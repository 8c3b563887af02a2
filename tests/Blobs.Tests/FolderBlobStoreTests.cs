using System.Text;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Blobs.Tests;

public sealed class FolderBlobStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-blobs-").FullName;
    private readonly string _sessionId = SessionIds.Create();
    private readonly FolderBlobStore _store;

    public FolderBlobStoreTests() => _store = new(Options.Create(new FolderBlobStoreOptions { Path = _folder }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_blob_is_read_back_as_it_was_written()
    {
        var bytes = new byte[3_000_000];
        Random.Shared.NextBytes(bytes);

        var (blob, length) = await _store.WriteAsync(_sessionId, new MemoryStream(bytes), Ct);

        await using var content = await _store.OpenAsync(blob, Ct);
        using var read = new MemoryStream();
        await content.CopyToAsync(read, Ct);
        Assert.Equal(bytes.Length, length);
        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task A_share_has_the_content_without_a_copy_and_outlives_what_it_was_made_of()
    {
        var (blob, _) = await _store.WriteAsync(_sessionId, new MemoryStream([1, 2, 3]), Ct);
        var other = SessionIds.Create();

        var (share, length) = await _store.ShareAsync(blob, other, Ct);
        Assert.Equal((share, length), await _store.ShareAsync(blob, other, Ct));

        Assert.Equal((blob with { SessionId = other }, 3), (share, length));
        await File.WriteAllBytesAsync(Path.Combine(_folder, _sessionId, blob.Name), [4, 5, 6], Ct);
        await _store.DeleteAsync(_sessionId, Ct);
        Assert.Equal([4, 5, 6], await File.ReadAllBytesAsync(Path.Combine(_folder, other, blob.Name), Ct));
        await Assert.ThrowsAsync<BlueEdgeException>(() => _store.ShareAsync(blob, SessionIds.Create(), Ct));
        Assert.Single(Directory.GetDirectories(_folder));
    }

    [Fact]
    public async Task A_blob_is_deleted_once()
    {
        var (blob, _) = await _store.WriteAsync(_sessionId, new MemoryStream([1]), Ct);
        var (other, _) = await _store.WriteAsync(_sessionId, new MemoryStream([2]), Ct);

        Assert.True(await _store.DeleteAsync(blob, Ct));

        Assert.False(await _store.DeleteAsync(blob, Ct));
        Assert.False(await _store.DeleteAsync(new BlobReference { SessionId = SessionIds.Create(), Name = blob.Name }, Ct));
        await using var kept = await _store.OpenAsync(other, Ct);
    }

    [Fact]
    public async Task Deleting_a_sessions_blobs_leaves_the_others()
    {
        var (gone, _) = await _store.WriteAsync(_sessionId, new MemoryStream([1]), Ct);
        var (kept, _) = await _store.WriteAsync(SessionIds.Create(), new MemoryStream([2]), Ct);

        await _store.DeleteAsync(_sessionId, Ct);
        await _store.DeleteAsync(_sessionId, Ct);

        await Assert.ThrowsAsync<BlueEdgeException>(() => _store.OpenAsync(gone, Ct));
        await using var content = await _store.OpenAsync(kept, Ct);
        Assert.Equal(2, content.ReadByte());
    }

    [Fact]
    public async Task A_write_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.WriteAsync(_sessionId, new BrokenStream(), Ct));

        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("../../etc", "passwd")]
    [InlineData("0123456789abcdef0123456789abcdef", "../secret")]
    public async Task A_reference_never_leaves_the_folder(string sessionId, string name) =>
        await Assert.ThrowsAsync<BlueEdgeException>(() => _store.OpenAsync(new() { SessionId = sessionId, Name = name }, Ct));

    private sealed class BrokenStream() : MemoryStream(Encoding.UTF8.GetBytes("half"))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The line went dead.");
    }
}
