using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Store.Redis.Clustering;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlueEdge.Store.Tests.Clustering;

public sealed class MembershipCheckTests
{
    private readonly JumpingClock _clock = new();
    private readonly AskedMembership _members = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_that_stood_still_asks_at_once_whether_it_is_still_a_member()
    {
        using var pulse = await StartAsync();

        _clock.Jump(TimeSpan.FromSeconds(8));
        _ = pulse.IsInDoubt;

        Assert.Equal(1, _members.Asked);
    }

    [Fact]
    public async Task One_that_goes_on_asks_nothing()
    {
        using var pulse = await StartAsync();

        for (var second = 0; second < 100; second++)
        {
            _clock.Jump(TimeSpan.FromSeconds(1));
            _ = pulse.IsInDoubt;
        }

        Assert.Equal(0, _members.Asked);
    }

    [Fact]
    public async Task It_asks_after_each_stand_though_nobody_answered_the_first_time()
    {
        using var pulse = await StartAsync();
        _members.Fails = true;

        _clock.Jump(TimeSpan.FromSeconds(8));
        _ = pulse.IsInDoubt;
        _clock.Jump(TimeSpan.FromSeconds(8));
        _ = pulse.IsInDoubt;

        Assert.Equal(2, _members.Asked);
    }

    private async Task<SiloPulse> StartAsync()
    {
        var pulse = new SiloPulse(_clock);
        await new MembershipCheck(pulse, _members, NullLogger<MembershipCheck>.Instance).StartAsync(Ct);
        return pulse;
    }

    private sealed class AskedMembership : IClusterMembershipService
    {
        public int Asked { get; private set; }

        public bool Fails { get; set; }

        public ClusterMembershipSnapshot CurrentSnapshot => throw new NotSupportedException();

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
        {
            Asked++;
            return Fails ? ValueTask.FromException(new TimeoutException("Nobody answers.")) : ValueTask.CompletedTask;
        }

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();
    }
}
