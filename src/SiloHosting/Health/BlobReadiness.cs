using BlueEdge.Blobs;
using BlueEdge.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace BlueEdge.SiloHosting.Health;

/// <summary>
/// Healthy while large payloads can be stored, where they go into a folder; degraded, and so ready, where it has only its reserve
/// left: all else goes on. A bucket answers for itself.
/// </summary>
internal sealed class BlobReadiness(
    IOptions<BlobStoreOptions> blobs, IOptions<FolderBlobStoreOptions> folder, IBlobStore store, TimeProvider clock) : IHealthCheck
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private string? _fault;
    private long? _tried;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        blobs.Value.Store is BlobStoreKind.Folder && FindFault() is { } fault ? HealthCheckResult.Unhealthy(fault)
        : store.FindLack(0) is { } lack ? HealthCheckResult.Degraded(lack)
        : HealthCheckResult.Healthy());

    private string? FindFault()
    {
        lock (_lock)
        {
            if (_tried is not { } tried || clock.GetElapsedTime(tried) >= Period)
            {
                _fault = Try(folder.Value.Path);
                _tried = clock.GetTimestamp();
            }

            return _fault;
        }
    }

    private static string? Try(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            using var file = new FileStream(
                Path.Combine(path, $".ready-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            file.WriteByte(1);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"Large payloads cannot be stored in '{path}': {error.Message} Make room there, or set BlueEdge:Blobs:Path to a folder that this user can write to.";
        }
    }
}
