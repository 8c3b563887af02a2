using OpenTelemetry.Trace;

namespace BlueEdge.Hosting.Telemetry;

/// <summary>
/// Samples traces by their ids, and begins none with a message between engines: those of a session whose trace is not kept would
/// each be a trace of their own.
/// </summary>
internal sealed class RootOfRequests(double ratio) : Sampler
{
    /// <summary>What the streams name their spans, with the topic behind.</summary>
    private static readonly string[] Messages = ["publish ", "deliver "];

    private readonly TraceIdRatioBasedSampler _sampler = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.ParentContext.TraceId == default && IsMessage(samplingParameters.Name)
            ? new(SamplingDecision.Drop)
            : _sampler.ShouldSample(samplingParameters);

    private static bool IsMessage(string name) => Array.Exists(Messages, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
