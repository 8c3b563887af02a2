using OpenTelemetry.Trace;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>
/// Samples traces by their ids, and begins none with what the cluster does among itself: a grain call that nobody's request
/// led to would be a trace of a single span.
/// </summary>
internal sealed class RootOfCalls(double ratio) : Sampler
{
    /// <summary>What Orleans names the spans of calls between grains, <c>{interface}/{method}</c>; those of HTTP begin with the method or its name.</summary>
    private const string Interfaces = "I";

    private readonly TraceIdRatioBasedSampler _sampler = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.ParentContext.TraceId == default && IsGrainCall(samplingParameters.Name)
            ? new(SamplingDecision.Drop)
            : _sampler.ShouldSample(samplingParameters);

    private static bool IsGrainCall(string name) =>
        name.Contains('/', StringComparison.Ordinal) && name.StartsWith(Interfaces, StringComparison.Ordinal);
}
