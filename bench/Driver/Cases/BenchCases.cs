namespace BlueEdge.Driver.Cases;

/// <summary>The cases, in the order in which <c>bench/run all</c> runs them.</summary>
internal static class BenchCases
{
    public static readonly IReadOnlyList<ICase> All =
    [
        new SessionsCase(),
        new LatencyCase(),
        new TelemetryCase(),
        new SubmitCase(),
        new DirectCase(),
        new ChannelCase(),
        new ChainCase(),
        new MemoryCase(),
        new BacklogCase(),
        new GrowthCase(),
        new StepsCase(),
        new PicturesCase(),
        new LiveCase(),
    ];
}
