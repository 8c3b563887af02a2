using BlueEdge.Bench.Holding;
using BlueEdge.Bench.Latency;
using BlueEdge.Bench.Pictures;

namespace BlueEdge.Bench;

internal static class MeasuringEngines
{
    public static ISiloBuilder AddMeasuringEngines(this ISiloBuilder silo) => silo
        .AddEngine<HoldEngine>()
        .AddEngine<TickEngine>()
        .AddEngine<TockEngine>()
        .AddEngine<CameraEngine>()
        .AddEngine<DecodeEngine>()
        .AddEngine<ScaleEngine>()
        .AddEngine<EncodeEngine>()
        .AddEngine<CountEngine>();
}
