namespace BlueEdge.Grains.Tests.Engines;

/// <summary>Engines that behave as tests need it.</summary>
internal static class TestEngines
{
    public const int Count = 13;

    public static ISiloBuilder AddTestEngines(this ISiloBuilder silo) => silo
        .AddEngine<BurstEngine>()
        .AddEngine<MergeEngine>()
        .AddEngine<StubbornEngine>()
        .AddEngine<BusyEngine>()
        .AddEngine<FlakyEngine>()
        .AddEngine<UnreadyEngine>()
        .AddEngine<HoldingEngine>()
        .AddEngine<NarrowEngine>()
        .AddEngine<NarrowMindedEngine>()
        .AddEngine<TalkativeEngine>()
        .AddEngine<TwoOutputsEngine>()
        .AddEngine<WeighEngine>()
        .AddEngine<TenantEngine>();
}
