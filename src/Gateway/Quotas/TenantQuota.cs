using BlueEdge.Calls;
using BlueEdge.Gateway.Http;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Quotas;

/// <summary>What one tenant may yet take at this gateway. It asks the tenant's grain for more before it runs short, and for all who wait together.</summary>
internal sealed partial class TenantQuota(Guid gateway, string tenant, QuotaTable table, IGrainFactory grains, QuotaMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>How long a request waits for the grain before the gateway goes on by itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly SubmissionLoan _loan = new();
    private readonly TakenBytes _taken = new();
    private readonly LiveCount _live = new();
    private Task? _asking;
    private bool _isAway;

    private QuotaLimits Limits => table.Of(tenant);

    /// <summary>Lets a submission by; <see cref="EndSubmission"/> tells that it is answered.</summary>
    /// <exception cref="QuotaExceededException">There have been too many, or too many wait or run.</exception>
    public ValueTask BeginSubmissionAsync() => LetByAsync((now, tries) => _loan.TryBegin(Limits, now, tries));

    public void EndSubmission()
    {
        lock (_lock)
        {
            _loan.End();
        }
    }

    /// <summary>Counts bytes of payloads.</summary>
    /// <exception cref="QuotaExceededException">Those of the day would be too many.</exception>
    public ValueTask TakePayloadAsync(long bytes) => LetByAsync((now, tries) => _taken.TryTake(bytes, Limits, now, tries));

    /// <summary>Counts bytes that came already, whether there was room for them or not.</summary>
    public async Task NotePayloadAsync(long bytes)
    {
        try
        {
            await TakePayloadAsync(bytes);
        }
        catch (QuotaExceededException)
        {
            lock (_lock)
            {
                _taken.NotePayload(bytes);
            }
        }
    }

    /// <summary>Counts a socket or event stream; <see cref="EndLive"/> tells that it is closed.</summary>
    /// <exception cref="QuotaExceededException">Too many are open.</exception>
    public async ValueTask BeginLiveAsync()
    {
        int place;
        lock (_lock)
        {
            place = _live.Begin();
        }

        try
        {
            await LetByAsync((_, tries) => _live.Check(place, Limits, tries));
        }
        catch
        {
            EndLive();
            throw;
        }
    }

    public void EndLive()
    {
        lock (_lock)
        {
            _live.End();
        }
    }

    /// <summary>Begins an upload; <see cref="EndUploadAsync"/> ends it.</summary>
    /// <param name="bytes">How long it is; 0 where nobody says.</param>
    /// <returns>How long it may be.</returns>
    /// <exception cref="QuotaExceededException">Too much is stored.</exception>
    public async ValueTask<long> BeginUploadAsync(long bytes)
    {
        await LetByAsync((now, tries) => _taken.TryUpload(bytes, Limits, now, tries));
        lock (_lock)
        {
            var room = _taken.RoomFor(Limits);
            return room == long.MaxValue ? room : room + bytes;
        }
    }

    /// <param name="reserved">What <see cref="BeginUploadAsync"/> was told.</param>
    /// <param name="uploadedAt">When it began.</param>
    /// <param name="bytes">How many are stored of it.</param>
    public Task EndUploadAsync(long reserved, DateTimeOffset uploadedAt, long bytes)
    {
        lock (_lock)
        {
            _taken.EndUpload(reserved, uploadedAt, Limits.BlobBytes > 0 ? bytes : 0);
        }

        return bytes > 0 && Limits.BlobBytes > 0 ? AskAsync() : Task.CompletedTask;
    }

    /// <summary>An upload is deleted.</summary>
    public Task NoteDeletedAsync(DateTimeOffset uploadedAt, long bytes)
    {
        if (Limits.BlobBytes == 0)
        {
            return Task.CompletedTask;
        }

        lock (_lock)
        {
            _taken.Note(uploadedAt, -bytes);
        }

        return AskAsync();
    }

    /// <summary>Refuses, and counts that.</summary>
    public QuotaExceededException Refuse(QuotaKind kind, TimeSpan retryAfter)
    {
        metrics.Refused(tenant, kind);
        return new(kind, tenant, QuotaWords.LimitOf(kind, Limits), retryAfter);
    }

    /// <summary>Tells the grain what it has to hear, if anything.</summary>
    public void Tell()
    {
        lock (_lock)
        {
            if (!_loan.HasNews && !_taken.HasNews && !_live.HasNews)
            {
                return;
            }
        }

        _ = AskAsync();
    }

    private async ValueTask LetByAsync(Func<DateTimeOffset, int, QuotaVerdict> look)
    {
        for (var tries = 0; ; tries++)
        {
            QuotaVerdict verdict;
            lock (_lock)
            {
                verdict = look(time.GetUtcNow(), tries);
            }

            if (verdict.Refused is { } kind)
            {
                throw Refuse(kind, verdict.RetryAfter);
            }

            var asking = verdict.IsShort ? AskAsync() : Task.CompletedTask;
            if (!verdict.IsOpen)
            {
                return;
            }

            await asking;
        }
    }

    /// <summary>Asks once for all who want to; never throws.</summary>
    private Task AskAsync()
    {
        lock (_lock)
        {
            return _asking is { IsCompleted: false } asking ? asking : _asking = ExchangeAsync();
        }
    }

    private async Task ExchangeAsync()
    {
        // Not within the lock of who asks.
        await Task.Yield();
        QuotaReport report;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var (wanted, inFlight) = _loan.Report(now);
            var (payload, uploads) = _taken.Report();
            report = new() { Gateway = gateway, Limits = Limits, Wanted = wanted, InFlight = inFlight, PayloadBytes = payload, LiveConnections = _live.Report(), Uploads = uploads };
        }

        try
        {
            var grant = await ClusterCall.MakeAsync(
                () => grains.Find<ITenantQuotaGrain>(tenant).ExchangeAsync(report, CancellationToken.None), Patience, time, "The tenant's quotas cannot be looked at now.", CancellationToken.None);
            lock (_lock)
            {
                var now = time.GetUtcNow();
                _loan.Take(grant, now);
                _taken.Take(grant, now);
                _live.Take(grant);
                _isAway = false;
            }
        }
        catch (Exception error)
        {
            lock (_lock)
            {
                _loan.GoOnAlone(time.GetUtcNow());
                (var wasAway, _isAway) = (_isAway, true);
                if (wasAway)
                {
                    return;
                }
            }

            LogAway(logger, tenant, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The quotas of tenant '{Tenant}' cannot be looked at; the gateway goes on with its last share of them. {Said}")]
    private static partial void LogAway(ILogger logger, string tenant, string said);
}
