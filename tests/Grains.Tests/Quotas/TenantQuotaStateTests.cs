using BlueEdge.Grains.Quotas;

namespace BlueEdge.Grains.Tests.Quotas;

public sealed class TenantQuotaStateTests
{
    private static readonly TenantQuotaState Some = new TenantQuotaState().At(day: 20_000, clearedTo: 0).Add(100, [new(480_010, 7), new(480_012, 5)]);

    [Fact]
    public void What_gateways_counted_adds_up()
    {
        var more = Some.Add(11, [new(480_010, 3), new(480_011, 1)]);

        Assert.Equal((20_000, 111, 16), (more.Day, more.PayloadBytes, more.BlobBytes));
        Assert.Equal([new(480_010, 10), new(480_011, 1), new(480_012, 5)], more.Uploads);
    }

    [Fact]
    public void Another_day_begins_with_nothing_and_uploads_stay()
    {
        var next = Some.At(day: 20_001, clearedTo: 0);

        Assert.Equal((20_001, 0, 12), (next.Day, next.PayloadBytes, next.BlobBytes));
        Assert.Equal(20_001, next.At(day: 20_000, clearedTo: 0).Day); // Of a silo whose clock is behind.
    }

    [Fact]
    public void What_is_deleted_and_what_is_cleared_away_is_stored_no_more()
    {
        Assert.Equal(5, Some.Add(0, [new(480_010, -7)]).BlobBytes);
        Assert.Equal([new(480_012, 5)], Some.At(day: 20_000, clearedTo: 480_010).Uploads);
        Assert.Equal(12, Some.Add(0, [new(480_005, -7)]).BlobBytes); // Of what was uploaded before anybody counted.
    }

    [Fact]
    public void Nothing_new_is_the_same() => Assert.Same(Some, Some.At(day: 20_000, clearedTo: 480_009).Add(0, []));
}
