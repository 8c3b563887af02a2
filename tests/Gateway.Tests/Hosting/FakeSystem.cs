using BlueEdge.Operations;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>A cluster of two versions, whose store does not answer.</summary>
internal sealed class FakeSystem(FakeGrains grains) : ISystemGrain
{
    public async Task<SystemSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(ReadAsync));
        return new()
        {
            ServiceId = "blueedge",
            ClusterId = "night",
            Silos =
            [
                new() { Silo = "10.0.0.1:11111@1", Host = "one", Mode = "cluster", Version = "0.1.0", StartedAt = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero), IsActive = true },
                new() { Silo = "10.0.0.2:11111@1" },
                new() { Silo = "10.0.0.3:11111@1", Host = "three", Mode = "host", Version = "0.1.0", Channels = "durable", IsActive = true },
            ],
            StoreFault = "Redis cannot be reached.",
            WebhooksBehind = 3,
            UntoldSessions = 2,
        };
    }
}
