using BlueEdge.CoreSilo.Scaling;
using BlueEdge.CoreSilo.Streams;
using BlueEdge.Hosting;
using BlueEdge.SiloHosting;

namespace BlueEdge.CoreSilo;

/// <summary>A core silo that also tells KEDA what engines are wanted for, and writes what happens to sessions to a stream, each where it is set to.</summary>
internal sealed class CoreSiloMode : ISiloMode
{
    private readonly CoreMode _core = new();

    public ProcessDescription Process => _core.Process;

    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        _core.Configure(builder, silo);
        builder.AddExternalScaler();
        silo.AddSessionStream();
    }

    public void Map(WebApplication app) => _core.Map(app);

    public ValueTask DisposeAsync() => _core.DisposeAsync();
}
