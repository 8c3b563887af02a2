using BlueEdge.Callers;
using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Tests.Engines;

/// <summary>
/// Writes on whose behalf it runs, where it finds its own session as such; fails in the attempts before the one that Control names, and
/// where that is 0 waits until it is stopped.
/// </summary>
[Engine("tenant", Slots = 1)]
[Input("Control", ChannelType.Json)]
[Output("Out", ChannelType.Json)]
public sealed class TenantEngine(IGrainFactory grains) : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var found = await grains.GetGrain<ISessionGrain>(Session.SessionId).FindAsync(cancellationToken);
        await Output("Out").WriteAsync(found is null ? "nobody's" : Caller.Current.Tenant, cancellationToken);
        var last = input.Json<int>("Control");
        if (last == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        else if (Session.Epoch < last)
        {
            throw new BlueEdgeException($"attempt {Session.Epoch} is not good enough");
        }
    }
}
