using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Storage;
using BlueEdge.Quotas;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Grains.Quotas;

/// <summary>
/// Lends a tenant's quotas to gateways, and keeps what a restart may not forget: uploads at once, the day's bytes within <see cref="SaveWait"/>. What waits or
/// runs is asked of the lists, and so cannot be off for longer than a call takes.
/// </summary>
[GrainType("tenant-quota")]
internal sealed partial class TenantQuotaGrain(
    [PersistentState("quota")] IPersistentState<TenantQuotaState> stored, ISessionLists lists, IOptions<UploadOptions> uploads, TimeProvider clock, ILogger<TenantQuotaGrain> logger)
    : Grain, ITenantQuotaGrain
{
    /// <summary>How long the day's bytes wait to be stored.</summary>
    private static readonly TimeSpan SaveWait = TimeSpan.FromSeconds(5);

    /// <summary>The part of a day's bytes that does not wait.</summary>
    private const int SavePart = 100;

    private QuotaLending _lending = QuotaLending.Empty;
    private TenantQuotaState _now = new();
    private IGrainTimer? _saving;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _now = stored.State;
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        try
        {
            if (_now != stored.State)
            {
                await SaveAsync(_now);
            }
        }
        catch (Exception error)
        {
            LogLost(error, this.GetPrimaryKeyString());
        }
    }

    public async Task<QuotaGrant> ExchangeAsync(QuotaReport report, CancellationToken cancellationToken)
    {
        CallerContext.Take();
        var next = _now.At(QuotaGrant.DayOf(clock.GetUtcNow()), ExpiredUploadSweeper.LastDue(clock.GetUtcNow(), uploads.Value)).Add(report.PayloadBytes, report.Uploads);
        await KeepAsync(next, report);
        var open = report.Limits.OpenSessions > 0 ? await CountOpenAsync() : 0;
        (_lending, var grant) = _lending.Lend(report, open, clock.GetUtcNow());
        return grant with { Day = next.Day, PayloadBytes = next.PayloadBytes, BlobBytes = next.BlobBytes };
    }

    private async Task<int> CountOpenAsync()
    {
        var tenant = this.GetPrimaryKeyString();
        return await lists.CountAsync(string.Equals(tenant, Caller.DefaultTenant, StringComparison.Ordinal) ? null : tenant, [SessionGroup.Waiting, SessionGroup.Running]);
    }

    /// <summary>Stores it where it may not wait; else in a moment, with all that comes until then.</summary>
    private async Task KeepAsync(TenantQuotaState next, QuotaReport report)
    {
        var unsaved = next.Day == stored.State.Day ? next.PayloadBytes - stored.State.PayloadBytes : next.PayloadBytes;
        if (!report.Uploads.IsEmpty || unsaved > report.Limits.PayloadBytesPerDay / SavePart)
        {
            await SaveAsync(next);
            return;
        }

        _now = next;
        if (_now != stored.State)
        {
            _saving ??= this.RegisterGrainTimer(SaveLateAsync, new() { DueTime = SaveWait, Period = Timeout.InfiniteTimeSpan });
        }
    }

    private async Task SaveLateAsync(CancellationToken cancellationToken)
    {
        _saving?.Dispose();
        _saving = null;
        if (_now != stored.State)
        {
            await SaveAsync(_now);
        }
    }

    private async Task SaveAsync(TenantQuotaState next)
    {
        await stored.SaveOrLeaveAsync(next, this);
        _now = next;
    }

    [LoggerMessage(LogLevel.Warning, "What tenant '{Tenant}' took in the last seconds could not be stored, and is forgotten")]
    private partial void LogLost(Exception error, string tenant);
}
