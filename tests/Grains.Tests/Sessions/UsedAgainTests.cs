using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Grains.Tests.Sessions;

/// <summary>An id that is used again once the retention of its session is over, as an Idempotency-Key may be.</summary>
public sealed class UsedAgainTests : IAsyncLifetime
{
    private const string Fingerprint = "the same";
    private static readonly TimeSpan Retention = TimeSpan.FromSeconds(1);
    private readonly string _id = SessionIds.Create();
    private OwnCluster? _cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private OwnCluster Running => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    private ISessionGrain Session => Running.Grains.GetGrain<ISessionGrain>(_id);

    public async ValueTask InitializeAsync() => _cluster = await OwnCluster.StartAsync(
        silos: 1,
        silo =>
        {
            silo.Services.Configure<SessionOptions>(options => options.Retention = Retention);
            silo.Services.Configure<ChannelOptions>(options => options.ClaimCheckBytes = 1_024);
        });

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    [Fact]
    public async Task Each_use_is_a_new_session_that_runs_and_has_results_of_its_own()
    {
        List<DateTimeOffset> submissions = [];
        for (var use = 0; use < 4; use++)
        {
            var submitted = await SubmitAsync(Specs.Chain(1, use));
            var ended = await Cluster.EndAsync(Session);

            Assert.Equal(SessionStatus.Finished, ended.Status);
            Assert.Equal([$"{use}"], await Specs.ReadAsync(Session, "result"));
            Assert.DoesNotContain(submitted.SubmittedAt, submissions);
            submissions.Add(submitted.SubmittedAt);
            await GoneAsync();
        }
    }

    [Fact]
    public async Task The_remains_of_the_session_before_do_the_new_one_no_harm()
    {
        var text = new string('x', 5_000);
        await SubmitAsync(Specs.Single("hello", new { name = text }, ("Result", "result")));
        await Cluster.EndAsync(Session);
        await GoneAsync();
        await SubmitAsync(Specs.Single("delay", new { seconds = 60, text }));
        await Cluster.ReachAsync(Session, SessionStatus.Processing);
        var blobs = Directory.GetFiles(Path.Combine(Running.BlobFolder, _id)).Length;

        var page = await Running.Grains.GetGrain<ISessionListGrain>(ISessionListGrain.Key).ListAsync(new(), Ct);
        await Running.Silos.Silos[0].ServiceProvider.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<ExpiredSessionSweeper>().Single().SweepAsync(Ct);

        Assert.Single(page.Sessions, session => session.SessionId == _id);
        Assert.Equal(blobs, Directory.GetFiles(Path.Combine(Running.BlobFolder, _id)).Length);
        await Session.StopAsync(Ct);
        await Cluster.EndAsync(Session);
    }

    private async Task<SessionSnapshot> SubmitAsync(SessionSpec spec)
    {
        while (true)
        {
            var result = await Session.SubmitAsync(spec, Fingerprint, Ct);
            if (result.Outcome is not SubmitOutcome.Expiring)
            {
                Assert.Equal(SubmitOutcome.Accepted, result.Outcome);
                return result.Session!; // It is accepted.
            }
        }
    }

    private Task GoneAsync() => OwnCluster.UntilAsync(async () => await Session.FindAsync(Ct) is null, "the end of the retention");
}
