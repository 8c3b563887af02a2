using BlueEdge;
using Microsoft.Extensions.DependencyInjection;

namespace Words;

/// <summary>What Program.cs holds where an engine has meters and sources of its own.</summary>
internal static class WordTelemetry
{
    public static void Add(EngineSiloBuilder builder) =>
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Acme.Ocr"))
            .WithTracing(traces => traces.AddSource("Acme.Ocr"));
}
