using BlueEdge.Silo.Clustered;
using BlueEdge.Silo.Embedded;

namespace BlueEdge.Silo.Hosting;

/// <summary>Picks the mode that the configuration asks for.</summary>
internal static class SiloModes
{
    /// <summary>Starts what the mode needs; that goes on while the host is built.</summary>
    /// <exception cref="BlueEdgeException">The mode cannot be used; the message says what to do.</exception>
    public static ISiloMode StartMode(this WebApplicationBuilder builder)
    {
        var options = ModeOptions.Read(builder.Configuration);
        return options.Mode switch
        {
            SiloMode.Embedded => EmbeddedMode.Start(options),
            _ => new ClusterMode(),
        };
    }
}
