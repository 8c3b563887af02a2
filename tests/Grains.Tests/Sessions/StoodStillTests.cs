using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Records;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class StoodStillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silo_that_stood_still_tells_what_the_store_has_and_not_what_it_remembers()
    {
        var clock = new JumpingClock();
        using var pulse = new SiloPulse(clock);
        await using var own = await OwnCluster.StartAsync(silos: 1, silo => silo.Services.AddSingleton(pulse));
        var session = own.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
        await session.SubmitAsync(Single("delay", new { seconds = 600 }, ("Result", "result")), null, Ct);
        await Cluster.ReachAsync(session, SessionStatus.Processing);
        await CancelBehindItsBackAsync(own.Get<ISessionStore>(), session.GetPrimaryKeyString());
        Assert.Equal(SessionStatus.Processing, (await session.FindAsync(Ct))?.Status);

        clock.Jump(TimeSpan.FromSeconds(5));

        Assert.NotEqual(SessionStatus.Processing, (await session.FindAsync(Ct))?.Status);
    }

    [Fact]
    public void A_process_is_in_doubt_for_a_while_after_it_stood_still()
    {
        var clock = new JumpingClock();
        using var pulse = new SiloPulse(clock);
        List<TimeSpan> told = [];
        pulse.Tell(told.Add);
        Assert.False(pulse.IsInDoubt);
        clock.Jump(TimeSpan.FromSeconds(2));
        Assert.False(pulse.IsInDoubt);
        clock.Jump(TimeSpan.FromSeconds(3));
        Assert.True(pulse.IsInDoubt);

        for (var second = 0; second < 14; second++)
        {
            clock.Jump(TimeSpan.FromSeconds(1));
            Assert.True(pulse.IsInDoubt);
        }

        clock.Jump(TimeSpan.FromSeconds(1));
        Assert.False(pulse.IsInDoubt);
        Assert.Equal([TimeSpan.FromSeconds(3)], told);
    }

    /// <summary>As the activation does that took over.</summary>
    private static async Task CancelBehindItsBackAsync(ISessionStore store, string sessionId)
    {
        var stored = await store.ReadAsync(sessionId);
        await store.WriteAsync(sessionId, stored.Version, stored.Spec!, stored.State, stored.State.Stop(DateTimeOffset.UtcNow)); // It was submitted.
    }
}
