using BlueEdge.Calls;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Placement;
using BlueEdge.Sessions.Events;
using Orleans.Placement;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>Reads its silo's <see cref="SessionTap"/>. A silo that stops answers at once.</summary>
[GrainType(TypeName), PinnedToSilo, Immovable]
internal sealed class SessionTapGrain(SessionTap tap, SiloStopping silo) : Grain, ISessionTapGrain
{
    /// <summary>By it other silos see who has such a tap.</summary>
    public const string TypeName = "session-tap";

    /// <summary>The key of a silo's.</summary>
    public static string KeyOf(SiloAddress silo) => new EngineInstanceKey("events", silo).ToString();

    public async Task<TapPage> ReadAsync(TapPlace? after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);
        return await tap.ReadAsync(after, LongPoll.Turn(atMost), patience.Token);
    }
}
