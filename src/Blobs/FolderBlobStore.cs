using System.Buffers;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Blobs;

/// <summary>Blobs as files: one folder a session, one file a blob.</summary>
public sealed class FolderBlobStore(IOptions<FolderBlobStoreOptions> options) : IBlobStore
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>How much is written between two looks at what the volume has left.</summary>
    private const int LookBytes = 1024 * 1024;

    private readonly DiskReserve _reserve = new(options.Value.Path, options.Value.ReserveBytes);

    /// <inheritdoc/>
    public async Task<(BlobReference Blob, long Length)> WriteAsync(string sessionId, Stream content, CancellationToken cancellationToken)
    {
        var blob = new BlobReference { SessionId = sessionId, Name = Guid.CreateVersion7().ToString("N") };
        return (blob, await WriteAsync(blob, content, cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<(BlobReference Blob, long Length)> ShareAsync(BlobReference blob, string sessionId, CancellationToken cancellationToken)
    {
        var share = blob with { SessionId = sessionId };
        await using var content = await OpenAsync(blob, cancellationToken);
        MakeFolder(FolderOf(sessionId));
        if (!File.Exists(PathOf(share)) && !HardLink.TryCreate(PathOf(blob), PathOf(share)) && !File.Exists(PathOf(share)))
        {
            await WriteAsync(share, content, cancellationToken);
        }

        return (share, content.Length);
    }

    /// <inheritdoc/>
    public string? FindLack(long bytes) => _reserve.FindLack(bytes);

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(BlobReference blob, CancellationToken cancellationToken)
    {
        var wasThere = File.Exists(PathOf(blob));
        if (wasThere)
        {
            File.Delete(PathOf(blob));
        }

        return Task.FromResult(wasThere);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenAsync(BlobReference blob, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(blob), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, useAsync: true));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BlueEdgeException($"Blob {blob.Name} of session {blob.SessionId} is gone: the data of ended sessions expire. Run the session again.", error);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string sessionId, CancellationToken cancellationToken)
    {
        try
        {
            Directory.Delete(FolderOf(sessionId), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Most sessions have no blobs.
        }

        return Task.CompletedTask;
    }

    private async Task<long> WriteAsync(BlobReference blob, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(blob);
        MakeFolder(FolderOf(blob.SessionId));

        // Readers see the whole blob or none: the name appears once all is written.
        var part = path + ".part";
        try
        {
            long length;
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true))
            {
                length = await CopyAsync(content, file, cancellationToken);
            }

            File.Move(part, path);
            return length;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private async Task<long> CopyAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var (length, looked) = (0L, -1L);
            while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                // Many may write at once: each looks again and again.
                if (looked < 0 || length - looked >= LookBytes)
                {
                    LookForRoom(content, length);
                    looked = length;
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                length += read;
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void LookForRoom(Stream content, long written)
    {
        if (_reserve.FindLack(content.CanSeek ? content.Length - written : LookBytes) is { } lack)
        {
            throw new NoRoomException(lack);
        }
    }

    /// <summary>What sessions were given and wrote is for the user of the processes only.</summary>
    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // References travel through processes and stores: what could leave the folder is refused.
    private string PathOf(BlobReference blob) => SessionIds.IsValid(blob.Name)
        ? Path.Combine(FolderOf(blob.SessionId), blob.Name)
        : throw new BlueEdgeException($"'{blob.Name}' is no name of a blob: it wants 32 hexadecimal digits.");

    private string FolderOf(string sessionId) => SessionIds.IsValid(sessionId)
        ? Path.Combine(options.Value.Path, sessionId)
        : throw new BlueEdgeException($"'{sessionId}' is no session id: it wants 32 hexadecimal digits.");
}
