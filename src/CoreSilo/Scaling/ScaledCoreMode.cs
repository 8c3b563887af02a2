using BlueEdge.Hosting;
using BlueEdge.SiloHosting;

namespace BlueEdge.CoreSilo.Scaling;

/// <summary>A core silo that also tells KEDA what engines are wanted for, where it is set to.</summary>
internal sealed class ScaledCoreMode : ISiloMode
{
    private readonly CoreMode _core = new();

    public ProcessDescription Process => _core.Process;

    public void Configure(WebApplicationBuilder builder, ISiloBuilder silo)
    {
        _core.Configure(builder, silo);
        builder.AddExternalScaler();
    }

    public void Map(WebApplication app) => _core.Map(app);

    public ValueTask DisposeAsync() => _core.DisposeAsync();
}
