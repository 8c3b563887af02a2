using System.Globalization;
using BlueEdge.Clustering;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Resources;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>What all that a process exports says of where it comes from.</summary>
internal static class ProcessResource
{
    /// <summary>The cluster, which is another where one service's data are served by several in turn.</summary>
    private const string Cluster = "blueedge.cluster";
    private const string EmbeddedCluster = "embedded";

    /// <summary>What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say wins over what is found here.</summary>
    public static void Describe(this ResourceBuilder resource, string program, ProcessDescription process, IConfiguration configuration) => resource
        .Clear()
        .AddTelemetrySdk()
        .AddService(
            serviceName: program,
            serviceNamespace: configuration[$"{ClusterModeOptions.Section}:{nameof(ClusterModeOptions.ServiceId)}"] ?? new ClusterModeOptions().ServiceId,
            serviceVersion: ProcessDescription.Version,
            autoGenerateServiceInstanceId: false,
            serviceInstanceId: string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}"))
        .AddAttributes(
        [
            new(Cluster, process.DataPath is null ? configuration[$"{ClusterModeOptions.Section}:{nameof(ClusterModeOptions.Id)}"] ?? new ClusterModeOptions().Id : EmbeddedCluster),
            new("blueedge.mode", process.Mode.ToLowerInvariant()),
        ])
        .AddEnvironmentVariableDetector();
}
