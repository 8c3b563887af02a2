namespace BlueEdge.Samples.Basics;

/// <summary>Adds the basic sample engines to a silo.</summary>
public static class BasicEngines
{
    /// <summary>Adds <c>hello</c>, <c>relay</c>, <c>delay</c> and <c>fail</c>.</summary>
    public static ISiloBuilder AddBasicEngines(this ISiloBuilder silo) => silo
        .AddEngine<HelloEngine>()
        .AddEngine<RelayEngine>()
        .AddEngine<DelayEngine>()
        .AddEngine<FailEngine>();
}
