using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Validation;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class FirstSessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_did_not_know_the_engines_yet_looks_uploads_up_too()
    {
        await using var own = await OwnCluster.StartAsync(silos: 1);
        var gone = new BlobReference { SessionId = BlobId.OwnerAt(DateTimeOffset.UtcNow), Name = Guid.CreateVersion7().ToString("N") };
        var spec = Single("delay", new { file = new { blob = BlobId.Of(gone, "application/pdf").ToString() } });

        var submitted = await own.Grains.GetGrain<ISessionGrain>(SessionIds.Create()).SubmitAsync(spec, fingerprint: null, Ct);

        Assert.Equal(FaultCodes.UnknownBlob, Assert.Single(submitted.Faults).Code);
    }
}
