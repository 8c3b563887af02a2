using Microsoft.Extensions.Configuration.Memory;

namespace BlueEdge.Silo.Hosting;

/// <summary>What holds where nothing is configured.</summary>
internal static class SiloDefaults
{
    private const string Address = "http://127.0.0.1:5080";

    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        ["Logging:LogLevel:Garnet"] = "Warning",

        // They advise the server's garbage collector to a process that shares its machine, and take the time since the
        // machine's start for a time in which nothing ran.
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",

        // Every probe of a silo that starts would be an error.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    public static void AddSiloDefaults(this WebApplicationBuilder builder)
    {
        // First of all sources, so that every other one wins. A file beside the program would not do: settings are looked for
        // where the process was started.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        if (AddressSettings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(Address);
        }

        builder.Services.AddHostedService<ReadyMessage>();
    }
}
