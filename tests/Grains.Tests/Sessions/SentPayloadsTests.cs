using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>Sessions that are fed with uploads.</summary>
public sealed class SentPayloadsTests(Cluster cluster)
{
    private const int Bytes = 3_000_000;
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_is_read_by_the_engine_and_is_the_sessions_own_from_then_on(bool inJson)
    {
        var id = await UploadAsync();

        var submitted = await _session.SubmitAsync(inJson ? InJson(id.ToString()) : AsFile(id.Upload), fingerprint: null, Ct);
        await cluster.Blobs.DeleteAsync(id.Upload.SessionId, Ct);

        Assert.Empty(submitted.Faults);
        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(_session)).Status);
        var page = Assert.Single((await _session.ReadResultsAsync([new() { Channel = "result" }], Ct)).GetValueOrDefault());
        Assert.Equal($"\"{Bytes} of {Bytes}\"", System.Text.Encoding.UTF8.GetString(Assert.Single(page.Items).Bytes.Span));
        await using var kept = await cluster.Blobs.OpenAsync(id.In(_session.GetPrimaryKeyString()), Ct);
        Assert.Equal(Bytes, kept.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_that_is_gone_is_a_fault(bool inJson)
    {
        var id = await UploadAsync();
        await cluster.Blobs.DeleteAsync(id.Upload, Ct);

        var submitted = await _session.SubmitAsync(inJson ? InJson(id.ToString()) : AsFile(id.Upload), fingerprint: null, Ct);

        Assert.Equal(SubmitOutcome.Invalid, submitted.Outcome);
        var fault = Assert.Single(submitted.Faults);
        Assert.Equal(("/startData/0/payload", FaultCodes.UnknownBlob), (fault.Pointer, fault.Code));
        Assert.Null(await _session.FindAsync(Ct));
    }

    [Fact]
    public async Task An_upload_that_has_expired_is_a_fault_before_it_is_deleted()
    {
        var id = await UploadAsync();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(id.UploadedAt);
        var sent = Sent(clock);

        clock.Advance(TimeSpan.FromHours(23.9));
        Assert.Empty((await FaultsOfAsync(sent, AsFile(id.Upload))).Listed);
        clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal(FaultCodes.UnknownBlob, Assert.Single((await FaultsOfAsync(sent, AsFile(id.Upload))).Listed).Code);
        Assert.Equal(FaultCodes.UnknownBlob, Assert.Single((await FaultsOfAsync(sent, InJson(id.ToString()))).Listed).Code);
    }

    [Fact]
    public async Task What_begins_like_an_id_and_is_none_is_a_fault_and_all_else_is_data()
    {
        var sent = Sent(TimeProvider.System);

        Assert.Equal(FaultCodes.Malformed, Assert.Single((await FaultsOfAsync(sent, InJson("blob-../../etc/passwd"))).Listed).Code);
        Assert.Empty((await FaultsOfAsync(sent, InJson("../../etc/passwd"))).Listed);
    }

    [Fact]
    public async Task A_session_refers_to_a_thousand_blobs_at_most()
    {
        var sent = Sent(TimeProvider.System);
        var many = Single("weigh", Enumerable.Range(0, 100_000).Select(i => new { blob = $"blob-{i}" }).ToArray());

        Assert.Equal(FaultCodes.TooLarge, Assert.Single((await FaultsOfAsync(sent, many)).Listed).Code);
    }

    [Fact]
    public async Task Uploads_are_deleted_by_the_hour_once_they_have_expired()
    {
        var old = await UploadAsync();
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        var sweeper = new ExpiredUploadSweeper(
            cluster.Blobs, cluster.Grains, Options.Create(new UploadOptions()), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<ExpiredUploadSweeper>.Instance);

        clock.Advance(TimeSpan.FromHours(24.9));
        await sweeper.SweepAsync(Ct);
        await using (await cluster.Blobs.OpenAsync(old.Upload, Ct))
        {
            // Still there: somebody may just be using it.
        }

        clock.Advance(TimeSpan.FromHours(2.2));
        await sweeper.SweepAsync(Ct);
        await Assert.ThrowsAsync<BlueEdgeException>(() => cluster.Blobs.OpenAsync(old.Upload, Ct));
    }

    [Theory, InlineData("blue"), InlineData(null)]
    public async Task An_upload_of_another_tenant_is_none(string? tenant)
    {
        var (owner, other) = (tenant, tenant is null ? "red" : null);
        var (blob, _) = await cluster.Blobs.WriteAsync(BlobId.OwnerAt(DateTimeOffset.UtcNow, owner), new MemoryStream(new byte[Bytes]), Ct);
        var id = BlobId.Of(blob, "application/pdf");

        CallerContext.Enter(Caller.Of(other));
        var theirs = await _session.SubmitAsync(InJson(id.ToString()), fingerprint: null, Ct);
        CallerContext.Enter(Caller.Of(owner));
        var own = await cluster.NewSession().SubmitAsync(InJson(id.ToString()), fingerprint: null, Ct);

        Assert.Equal((SubmitOutcome.Invalid, FaultCodes.UnknownBlob), (theirs.Outcome, Assert.Single(theirs.Faults).Code));
        Assert.Equal(SubmitOutcome.Accepted, own.Outcome);
    }

    [Fact]
    public async Task Uploads_of_each_tenant_are_deleted_when_they_have_expired()
    {
        var tenant = $"t-{Guid.NewGuid():N}";
        await cluster.Grains.GetGrain<BlueEdge.Quotas.IUploadTenantsGrain>(BlueEdge.Quotas.IUploadTenantsGrain.Key).AddAsync(tenant, Ct);
        var (blob, _) = await cluster.Blobs.WriteAsync(BlobId.OwnerAt(DateTimeOffset.UtcNow, tenant), new MemoryStream(new byte[Bytes]), Ct);
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        clock.Advance(TimeSpan.FromHours(27.1));

        await new ExpiredUploadSweeper(
            cluster.Blobs, cluster.Grains, Options.Create(new UploadOptions()), clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<ExpiredUploadSweeper>.Instance).SweepAsync(Ct);

        await Assert.ThrowsAsync<BlueEdgeException>(() => cluster.Blobs.OpenAsync(blob, Ct));
    }

    private static Task<FaultList> FaultsOfAsync(SentPayloads sent, SessionSpec spec) => sent.FindFaultsAsync(spec.Payloads(), tenant: null, place => $"/{place}", Ct);

    private SentPayloads Sent(TimeProvider clock) =>
        new(cluster.Blobs, new ClaimCheck(cluster.Blobs, Options.Create(new ChannelOptions())), Options.Create(new UploadOptions()), clock);

    private static SessionSpec AsFile(BlobReference blob)
    {
        var spec = Session([Node("weigh", "weigh", [("File", "file")], ("Out", "result"))]);
        return spec with
        {
            Channels = [.. spec.Channels.Select(channel => channel.Name is "file" ? channel with { Type = ChannelType.File } : channel)],
            StartData = [new() { Channel = "file", Payload = Payload.ByReference(ChannelType.File, "application/pdf", blob, length: 0) }],
        };
    }

    private static SessionSpec InJson(string id) =>
        Session([Node("weigh", "weigh", [("Control", "control")], ("Out", "result"))], ("control", new { file = new { blob = id } }));

    private async Task<BlobId> UploadAsync()
    {
        var (blob, _) = await cluster.Blobs.WriteAsync(BlobId.OwnerAt(DateTimeOffset.UtcNow), new MemoryStream(new byte[Bytes]), Ct);
        return BlobId.Of(blob, "application/pdf");
    }
}
