using Microsoft.Extensions.Configuration;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>
/// Which signals the process exports by OTLP, as OpenTelemetry's variables say: those that have an endpoint, and whose
/// exporter is not <c>none</c>. The exporters themselves read where to and how.
/// </summary>
/// <param name="Traces">Whether traces are exported; otherwise no span is made.</param>
/// <param name="Metrics">Whether metrics are exported.</param>
/// <param name="Logs">Whether logs are exported, beside the console.</param>
public sealed record OtlpExport(bool Traces, bool Metrics, bool Logs)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private static readonly string[] Exporters = ["otlp", "none"];
    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    /// <summary>Reads the variables.</summary>
    /// <exception cref="BlueEdgeException">One says what cannot be; the message names it.</exception>
    public static OtlpExport Of(IConfiguration configuration)
    {
        if (string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return new(false, false, false);
        }

        CheckWord(configuration, Protocol, Protocols);
        CheckAddress(configuration, Endpoint);
        return new(IsExported(configuration, "TRACES"), IsExported(configuration, "METRICS"), IsExported(configuration, "LOGS"));
    }

    private static bool IsExported(IConfiguration configuration, string signal)
    {
        var (endpoint, exporter) = ($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT", $"OTEL_{signal}_EXPORTER");
        CheckAddress(configuration, endpoint);
        CheckWord(configuration, exporter, Exporters);
        return (!string.IsNullOrEmpty(configuration[endpoint]) || !string.IsNullOrEmpty(configuration[Endpoint]))
            && !string.Equals(configuration[exporter], "none", StringComparison.Ordinal);
    }

    private static void CheckAddress(IConfiguration configuration, string name)
    {
        if (configuration[name] is { Length: > 0 } text && !(Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            throw new BlueEdgeException($"{name} is '{text}', which is no address: write http:// or https://, a host and a port, such as http://127.0.0.1:4317.");
        }
    }

    private static void CheckWord(IConfiguration configuration, string name, string[] known)
    {
        if (configuration[name] is { Length: > 0 } word && !known.Contains(word, StringComparer.Ordinal))
        {
            throw new BlueEdgeException($"{name} is '{word}', which is none of: {string.Join(", ", known)}.");
        }
    }
}
