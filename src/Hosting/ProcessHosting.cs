using BlueEdge.Hosting.Connections;
using BlueEdge.Hosting.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Hosting;

/// <summary>What holds in every process of ours where nothing is configured.</summary>
public static class ProcessHosting
{
    private static readonly string[] AddressSettings = ["urls", "http_ports", "https_ports"];

    /// <summary>They report a start that fails with all its insides, which <see cref="StartUp"/> says in a line.</summary>
    private static readonly string[] ToldByStartUp = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",

        // While a silo goes, each try to place a grain would be a line; the call that is given up is told of by who made it.
        ["Logging:LogLevel:Polly"] = "Error",

        // They advise the server's garbage collector to a process that shares its machine, and take the time since the
        // machine's start for a time in which nothing ran.
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",

        // A client that looks for its cluster says so once itself.
        ["Logging:LogLevel:Orleans.Messaging.GatewayManager"] = "Error",

        // While no silo is up, each try of each call would be a line; the call that is given up is told of by who made it.
        ["Logging:LogLevel:Orleans.Messaging.ClientMessageCenter"] = "Error",

        // A trigger of KEDA's that is refused is told why, and asks again every few seconds.
        ["Logging:LogLevel:Grpc"] = "Warning",

        // Warns of each key that it makes, which lies where the data lie that it is for; the pages say so.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",

        // Every probe of a process that starts would be an error.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
    };

    /// <summary>Adds the defaults; to be called before anything else is configured.</summary>
    public static void AddProcessDefaults(this WebApplicationBuilder builder, ProcessDescription process)
    {
        // First of all sources, so that every other one wins. A file beside the program would not do: settings are looked for
        // where the process was started.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings });
        var log = ConsoleLog.Settings(builder.Configuration);
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = log });

        // The slim builder's console is the simple one whatever is set.
        builder.Logging.AddConsole(console => console.FormatterName = log[ConsoleLog.Formatter]);
        foreach (var category in ToldByStartUp)
        {
            builder.Logging.AddFilter(category, level => StartPhase.IsOver && level >= LogLevel.Warning);
        }

        if (AddressSettings.All(setting => string.IsNullOrEmpty(builder.Configuration[setting]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(process.Address);
        }

        if (ListenAddresses.Of(builder.Configuration).Select(address => address.Fault).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            throw new BlueEdgeException(fault);
        }

        builder.AddHttpServerLimits();
        builder.AddProcessTelemetry(process);

        builder.Services.TryAddSingleton<TimeProvider>(_ => new SteadyClock());
        builder.Services.AddSingleton(process).AddHostedService<ReadyMessage>();
        builder.Services.AddProcessHealth();
        builder.Services.AddSingleton<UnknownSettings>();
    }
}
