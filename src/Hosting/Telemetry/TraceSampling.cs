using System.Globalization;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Trace;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>
/// Which traces are kept, as <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> say; where they say nothing, what the
/// caller has decided, and of the others one of twenty.
/// </summary>
internal static class TraceSampling
{
    private const string Name = "OTEL_TRACES_SAMPLER";
    private const string Argument = "OTEL_TRACES_SAMPLER_ARG";
    private const double DefaultRatio = 0.05;

    /// <exception cref="BlueEdgeException">A variable says what cannot be; the message names it.</exception>
    public static Sampler Of(IConfiguration configuration) => configuration[Name] switch
    {
        null or "" or "parentbased_traceidratio" => new ParentBasedSampler(new RootOfRequests(Ratio(configuration))),
        "parentbased_always_on" => new ParentBasedSampler(new RootOfRequests(1)),
        "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
        "traceidratio" => new RootOfRequests(Ratio(configuration)),
        "always_on" => new AlwaysOnSampler(),
        "always_off" => new AlwaysOffSampler(),
        var other => throw new BlueEdgeException(
            $"{Name} is '{other}', which is none of: always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio."),
    };

    private static double Ratio(IConfiguration configuration) =>
        configuration[Argument] is not { Length: > 0 } text ? DefaultRatio
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? ratio
        : throw new BlueEdgeException($"{Argument} is '{text}', which is no number from 0 to 1: 0.05 keeps one trace of twenty.");
}
