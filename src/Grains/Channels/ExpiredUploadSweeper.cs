using BlueEdge.Channels;
using BlueEdge.Quotas;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Channels;

/// <summary>
/// Deletes uploads some time after they expired, a tenant's of an hour at once; their owner's name follows from the tenant and the time, so that nothing has to
/// be remembered of them but which tenants there are. What an upload that was broken off left goes with them.
/// </summary>
internal sealed partial class ExpiredUploadSweeper(
    IBlobStore blobs, IGrainFactory grains, IOptions<UploadOptions> options, TimeProvider clock, ILogger<ExpiredUploadSweeper> logger) : BackgroundService
{
    /// <summary>How far a start looks back, for the hours in which no silo ran.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(31);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Between an upload's expiry and its deletion, for sessions that are just being created with it.</summary>
    private static readonly TimeSpan Margin = Hour;

    private DateTimeOffset _swept = DateTimeOffset.MinValue;

    /// <summary>The last hour whose uploads are due to be deleted, in hours since 1970.</summary>
    internal static long LastDue(DateTimeOffset now, UploadOptions options) => BlobId.HourOf(now - options.UploadRetention - Margin - Hour);

    /// <summary>Deletes all that is due now.</summary>
    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        // The last hour that has been over for so long.
        var due = clock.GetUtcNow() - options.Value.UploadRetention - Margin - Hour;
        var from = due - LookBack;
        var first = from > _swept ? from : _swept;
        if (first > due)
        {
            return;
        }

        string?[] tenants = [null, .. await grains.GetGrain<IUploadTenantsGrain>(IUploadTenantsGrain.Key).ListAsync(cancellationToken)];
        for (var hour = first; hour <= due; hour += Hour)
        {
            foreach (var tenant in tenants)
            {
                await blobs.DeleteAsync(BlobId.OwnerAt(hour, tenant), cancellationToken);
            }

            _swept = hour;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(10), clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(error);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Expired uploads could not be cleared away; it is tried again in ten minutes")]
    private partial void LogFailed(Exception error);
}
