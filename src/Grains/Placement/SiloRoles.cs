using System.Reflection;
using BlueEdge.Engines;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Metadata;

namespace BlueEdge.Grains.Placement;

/// <summary>Has a silo host what its role has, of all that the process has code for: Orleans by itself would place any grain there.</summary>
public static class SiloRoles
{
    /// <summary>Says what the silo is: it hosts no grains of silos of another role.</summary>
    public static ISiloBuilder DeclareRole(this ISiloBuilder silo, SiloRole role)
    {
        silo.Services.AddSingleton(typeof(SiloRole), role);
        silo.Services.AddSingleton<IGrainPropertiesProvider, LastingTypeNames>();
        silo.Services.PostConfigure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => RoleOf(type) is { } other && other != role));
        return silo;
    }

    /// <summary>What the silo is declared to be, or <see langword="null"/> where it is all of a cluster.</summary>
    public static SiloRole? Role(this ISiloBuilder silo) =>
        silo.Services.Select(service => service.ServiceType == typeof(SiloRole) ? service.ImplementationInstance : null).OfType<SiloRole>().Cast<SiloRole?>().FirstOrDefault();

    /// <summary>Orleans' own grains of streams keep who subscribes, which core silos have the storage for.</summary>
    private static SiloRole? RoleOf(Type grain) =>
        typeof(IEngineGrain).IsAssignableFrom(grain) ? SiloRole.EngineHost
        : grain.Assembly.GetName().Name is "Orleans.Streaming" ? SiloRole.Core
        : grain.Assembly.GetCustomAttribute<HostedByAttribute>()?.Role;
}
