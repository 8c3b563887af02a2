using System.Runtime.CompilerServices;
using BlueEdge.Hosting.Guards;
using BlueEdge.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>
/// What every process tells of itself: metrics at <c>/metrics</c>, and metrics, traces and logs by OTLP where
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. docs/metrics.md lists the metrics, docs/operations.md the settings.
/// </summary>
public static class ProcessTelemetry
{
    private const string Path = "/metrics";

    /// <summary>Ours, Kafka's, and those of what we run on.</summary>
    private static readonly string[] Meters =
    [
        "BlueEdge.*", "Streaming.Kafka", "Microsoft.Orleans", "System.Runtime",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    ];

    private static readonly string[] Sources = ["BlueEdge.*", "Streaming.Kafka"];

    /// <summary>Adds it; what it exports follows from the settings.</summary>
    /// <exception cref="BlueEdgeException">A variable of OpenTelemetry's makes no sense.</exception>
    internal static void AddProcessTelemetry(this WebApplicationBuilder builder, ProcessDescription process)
    {
        builder.Services.AddSettings<TelemetryOptions>(TelemetryOptions.Section);
        var (export, isScraped) = (OtlpExport.Of(builder.Configuration), IsScraped(builder.Configuration, process));
        if (isScraped || export is not { Traces: false, Metrics: false, Logs: false })
        {
            Add(builder, process, export, isScraped);
        }
    }

    /// <summary>Apart, so that a process that tells nothing does not even load OpenTelemetry; so is the page.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Add(WebApplicationBuilder builder, ProcessDescription process, OtlpExport export, bool isScraped)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.Describe(builder.Environment.ApplicationName, process, builder.Configuration));
        if (isScraped || export.Metrics)
        {
            telemetry.WithMetrics(metrics => AddMetrics(metrics, isScraped, export.Metrics));
        }

        if (export.Traces)
        {
            OtlpExporters.AddTraces(telemetry, Sources, TraceSampling.Of(builder.Configuration));
        }

        if (export.Logs)
        {
            OtlpExporters.AddLogs(builder.Logging);
        }
    }

    /// <summary>Maps <c>/metrics</c>, unless it is off.</summary>
    public static void MapProcessTelemetry(this WebApplication app)
    {
        if (IsScraped(app.Configuration, app.Services.GetRequiredService<ProcessDescription>()))
        {
            MapPage(app);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MapPage(WebApplication app)
    {
        var page = app.MapPrometheusScrapingEndpoint(Path).ExcludeFromDescription().DisableHttpMetrics();
        app.Services.GetService<PageGuard>()?.Invoke(page, isDashboard: false);
    }

    /// <summary>Who has data of its own is the one process of the embedded mode.</summary>
    private static bool IsScraped(IConfiguration configuration, ProcessDescription process) =>
        configuration.ReadSettings<TelemetryOptions>(TelemetryOptions.Section).Metrics ?? process.DataPath is null;

    private static void AddMetrics(MeterProviderBuilder metrics, bool isScraped, bool isExported)
    {
        metrics.AddMeter(Meters).AddView(Durations.ViewOf);
        if (isScraped)
        {
            metrics.AddPrometheusExporter();
        }

        if (isExported)
        {
            OtlpExporters.AddMetrics(metrics);
        }
    }

    /// <summary>Probes and scrapes come every few seconds, and say nothing.</summary>
    internal static bool IsCall(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
        && !http.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
}
