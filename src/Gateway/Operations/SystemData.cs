using System.Collections.Immutable;
using System.Reflection;
using BlueEdge.Operations;

namespace BlueEdge.Gateway.Operations;

/// <summary>How the system fares.</summary>
internal sealed record SystemData
{
    /// <summary>The ServiceId, which names the cluster's data.</summary>
    public required string ServiceId { get; init; }

    /// <summary>The cluster's id.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Whether there is no authentication: whoever reaches the API may do everything.</summary>
    public required bool Open { get; init; }

    /// <summary>The version of the gateway that answers.</summary>
    public required string GatewayVersion { get; init; }

    /// <summary>Silos with sessions: core silos, or the one process of the embedded mode.</summary>
    public required ImmutableArray<SystemSilo> Silos { get; init; }

    /// <summary>Engine hosts; in the embedded mode none.</summary>
    public required ImmutableArray<SystemSilo> Hosts { get; init; }

    /// <summary>The store.</summary>
    public required SystemStore Store { get; init; }

    /// <summary>Kafka.</summary>
    public required SystemKafka Kafka { get; init; }

    /// <summary>Webhooks.</summary>
    public required SystemWebhooks Webhooks { get; init; }

    public static SystemData From(SystemSnapshot system, bool isOpen) => new()
    {
        ServiceId = system.ServiceId,
        ClusterId = system.ClusterId,
        Open = isOpen,
        GatewayVersion = typeof(SystemData).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
        Silos = [.. system.Silos.Where(silo => silo.Mode is not SiloModeNames.EngineHost).Select(SystemSilo.From)],
        Hosts = [.. system.Silos.Where(silo => silo.Mode is SiloModeNames.EngineHost).Select(SystemSilo.From)],
        Store = new()
        {
            Kind = system.Silos.Any(silo => silo.Mode is SiloModeNames.Embedded) ? "sqlite" : "redis",
            Available = system.StoreFault is null,
            Fault = system.StoreFault,
        },
        Kafka = new() { Used = system.Silos.Any(silo => silo.Channels is "durable") },
        Webhooks = new() { Behind = system.WebhooksBehind, UntoldSessions = system.UntoldSessions },
    };
}
