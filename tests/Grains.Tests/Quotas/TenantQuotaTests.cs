using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Quotas;
using Orleans.Core.Internal;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Quotas;

/// <summary>What tenants take, in a real Redis.</summary>
public sealed class TenantQuotaTests(Cluster cluster)
{
    private readonly string _tenant = $"t-{Guid.NewGuid():N}";
    private readonly Guid _gateway = Guid.NewGuid();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ITenantQuotaGrain Quota => cluster.Grains.GetGrain<ITenantQuotaGrain>(_tenant);

    [Fact]
    public async Task Bytes_of_the_day_and_uploads_outlive_the_grain()
    {
        var hour = BlobId.HourOf(DateTimeOffset.UtcNow);
        var limits = new QuotaLimits { PayloadBytesPerDay = 1_000_000, BlobBytes = 1_000_000 };
        await Quota.ExchangeAsync(new() { Gateway = _gateway, Limits = limits, PayloadBytes = 70_000, Uploads = [new(hour, 5_000)] }, Ct);
        await Quota.ExchangeAsync(new() { Gateway = _gateway, Limits = limits, PayloadBytes = 5 }, Ct);

        await Quota.Cast<IGrainManagementExtension>().DeactivateOnIdle(Ct);
        var grant = await Quota.ExchangeAsync(new() { Gateway = Guid.NewGuid(), Limits = limits, PayloadBytes = 1 }, Ct);

        Assert.Equal((70_006, 5_000), (grant.PayloadBytes, grant.BlobBytes));
    }

    [Fact]
    public async Task Uploads_that_are_cleared_away_are_not_counted()
    {
        var hour = BlobId.HourOf(DateTimeOffset.UtcNow);
        var limits = new QuotaLimits { BlobBytes = 1_000_000 };

        var grant = await Quota.ExchangeAsync(new() { Gateway = _gateway, Limits = limits, Uploads = [new(hour, 5), new(hour - 27, 70)] }, Ct);
        Assert.Equal(75, grant.BlobBytes); // It was told just now.
        grant = await Quota.ExchangeAsync(new() { Gateway = _gateway, Limits = limits }, Ct);

        Assert.Equal(5, grant.BlobBytes);
    }

    [Fact]
    public async Task Room_for_sessions_is_what_the_lists_leave()
    {
        var limits = new QuotaLimits { OpenSessions = 3 };
        var (other, session) = (cluster.NewSession(), cluster.NewSession());
        await other.SubmitAsync(Single("delay", new { seconds = 0.01 }), fingerprint: null, Ct);
        CallerContext.Enter(new() { Tenant = _tenant });
        await session.SubmitAsync(Single("delay", new { seconds = 600 }), fingerprint: null, Ct);
        await cluster.NewSession().SubmitAsync(Single("delay", new { seconds = 600 }), fingerprint: null, Ct);

        var full = await Quota.ExchangeAsync(new() { Gateway = _gateway, Limits = limits, Wanted = 100 }, Ct);
        await session.StopAsync(Ct);
        await Cluster.EndAsync(session);
        var later = await Quota.ExchangeAsync(new() { Gateway = _gateway, Limits = limits, Wanted = 100 }, Ct);

        Assert.Equal((1, 2), (full.Sessions, later.Sessions));
    }

    [Fact]
    public async Task Tenants_that_uploaded_are_known_for_ever()
    {
        var tenants = cluster.Grains.GetGrain<IUploadTenantsGrain>(IUploadTenantsGrain.Key);
        await tenants.AddAsync(_tenant, Ct);
        await tenants.AddAsync(_tenant, Ct);

        await tenants.Cast<IGrainManagementExtension>().DeactivateOnIdle(Ct);

        Assert.Single(await tenants.ListAsync(Ct), tenant => tenant == _tenant);
    }
}
