using BlueEdge.Calls;
using BlueEdge.Grains.Engines;
using BlueEdge.Grains.Placement;
using BlueEdge.Sessions.Events;
using Orleans.Placement;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>Reads its silo's <see cref="SiloNews"/>. A silo that stops answers at once.</summary>
[GrainType(TypeName), PinnedToSilo, Immovable]
internal sealed class SiloNewsGrain(SiloNews news, SiloStopping silo) : Grain, ISiloNewsGrain
{
    /// <summary>By it other silos see who has such a ring.</summary>
    public const string TypeName = "silo-news";

    /// <summary>The key of a silo's.</summary>
    public static string KeyOf(SiloAddress silo) => new EngineInstanceKey("events", silo).ToString();

    public async Task<NewsPage> ReadAsync(NewsPlace? after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silo.Token);
        return await news.ReadAsync(after, LongPoll.Turn(atMost), patience.Token);
    }
}
