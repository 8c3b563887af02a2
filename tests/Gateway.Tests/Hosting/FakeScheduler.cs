using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Scheduling;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>The engines of <see cref="FakeGrains"/>; counts who asks.</summary>
internal sealed class FakeScheduler(FakeGrains grains) : ISchedulerGrain
{
    public int Asked { get; private set; }

    public async Task<ImmutableArray<EngineSnapshot>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        Asked++;
        await grains.TroubleAsync(nameof(GetEnginesAsync));
        return
        [
            .. grains.Engines.Values.OrderBy(engine => engine.Id, StringComparer.Ordinal).Select(engine => new EngineSnapshot
            {
                Definition = engine,
                Instances =
                [
                    new() { Instance = $"{engine.Id}/1", Host = "here", Slots = 4, Busy = 1, Draining = false },
                    new() { Instance = $"{engine.Id}/2", Host = "there", Slots = 4, Busy = 1, Draining = true },
                ],
                Waiting = 7,
                Working = 2,
                OldestPendingSince = grains.Time.GetUtcNow() - TimeSpan.FromSeconds(90),
            }),
        ];
    }

    public Task<RegisterResult> RegisterAsync(EngineDefinition definition, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<UnregisterOutcome> UnregisterAsync(string engine, CancellationToken cancellationToken) => throw new NotSupportedException();
}
