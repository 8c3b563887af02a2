using BlueEdge.Grains.Quotas;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>What a tenant takes, as the grain keeps it, in memory.</summary>
internal sealed class FakeTenantQuota(FakeGrains grains) : ITenantQuotaGrain
{
    private readonly Lock _lock = new();
    private QuotaLending _lending = QuotaLending.Empty;
    private TenantQuotaState _state = new();

    /// <summary>Sessions of the tenant that wait or run.</summary>
    public int OpenSessions { get; set; }

    /// <summary>How often gateways asked.</summary>
    public int Exchanges { get; private set; }

    /// <summary>What is stored.</summary>
    public TenantQuotaState State => _state;

    /// <summary>Sockets and event streams that the gateways said are open.</summary>
    public int Live { get; private set; }

    public async Task<QuotaGrant> ExchangeAsync(QuotaReport report, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync("ExchangeQuota");
        lock (_lock)
        {
            Exchanges++;
            Live = report.LiveConnections;
            var now = grains.Time.GetUtcNow();
            _state = _state.At(QuotaGrant.DayOf(now), clearedTo: 0).Add(report.PayloadBytes, report.Uploads);
            (_lending, var grant) = _lending.Lend(report, OpenSessions, now);
            return grant with { Day = _state.Day, PayloadBytes = _state.PayloadBytes, BlobBytes = _state.BlobBytes };
        }
    }
}
