using BlueEdge.EngineHost;
using BlueEdge.Settings;
using BlueEdge.SiloHosting;
using Microsoft.Extensions.Configuration;

namespace BlueEdge.Embedded.Modes;

/// <summary>Picks the mode that the configuration asks for.</summary>
internal static class SiloModes
{
    /// <summary>Starts what the mode needs; that goes on while the host is built.</summary>
    /// <exception cref="BlueEdgeException">The mode cannot be used; the message says what to do.</exception>
    public static ISiloMode Start(IConfiguration configuration)
    {
        var options = configuration.ReadSettings<ModeOptions>(ModeOptions.Section);
        return options.Mode switch
        {
            SiloMode.Embedded => EmbeddedMode.Start(options),
            SiloMode.Host => new HostMode(),
            _ => new CoreMode(),
        };
    }
}
