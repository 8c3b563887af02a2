using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>Exports by OTLP. Apart from what calls it, so that a process that exports nothing does not even load the exporter.</summary>
internal static class OtlpExporters
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddMetrics(MeterProviderBuilder metrics) => metrics.AddOtlpExporter();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddTraces(OpenTelemetryBuilder telemetry, string[] sources, Sampler sampler) => telemetry.WithTracing(traces => traces
        .AddSource(sources)
        .AddAspNetCoreInstrumentation(http => http.Filter = ProcessTelemetry.IsCall)
        .SetSampler(sampler)
        .AddOtlpExporter());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddLogs(ILoggingBuilder logging) => logging.AddOpenTelemetry(logs =>
    {
        logs.IncludeScopes = true;
        logs.IncludeFormattedMessage = true;
        logs.AddOtlpExporter();
    });
}
