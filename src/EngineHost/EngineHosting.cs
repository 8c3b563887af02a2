using System.ComponentModel;
using BlueEdge.EngineHost.Channels;
using BlueEdge.EngineHost.Channels.Direct;
using BlueEdge.EngineHost.Channels.Taps;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Engines;
using BlueEdge.Grains.Channels.Taps;
using BlueEdge.Grains.Placement;
using BlueEdge.Grains.Storage;
using BlueEdge.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge;

/// <summary>Has a silo run engines.</summary>
public static class EngineHosting
{
    /// <summary>
    /// Adds an engine to this process; each engine needs one line. Where the class has no attributes, or others are wanted,
    /// <paramref name="define"/> says what the engine is. A core silo of a cluster only checks what it says, for it runs none.
    /// </summary>
    /// <exception cref="EngineDefinitionException">The definition makes no sense; the message names the class and every fault.</exception>
    public static ISiloBuilder AddEngine<TEngine>(this ISiloBuilder silo, Action<EngineDefinitionBuilder>? define = null)
        where TEngine : class, IEngineGrain
    {
        var builder = new EngineDefinitionBuilder(typeof(TEngine));
        define?.Invoke(builder);
        var definition = builder.Build();
        if (silo.Services.FirstOrDefault(service => service.ImplementationInstance is EngineRegistration other && string.Equals(other.Definition.Id, definition.Id, StringComparison.Ordinal))
            is { ImplementationInstance: EngineRegistration twin })
        {
            throw new EngineDefinitionException(
                $"Engine class {typeof(TEngine).FullName} is wrongly defined: its id '{definition.Id}' is taken by {twin.Class.FullName}. Give one of them another id.");
        }

        silo.Services.AddSingleton(new EngineRegistration(typeof(TEngine), definition));
        return silo.Role() is SiloRole.Core ? silo : silo.AddEngineHost();
    }

    /// <summary>Makes sure that a program has an engine: what builders of programs ask for before they start.</summary>
    /// <exception cref="BlueEdgeException">No engine was added.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void RequireEngines(IServiceCollection services)
    {
        if (!services.Any(service => service.ImplementationInstance is EngineRegistration))
        {
            throw new BlueEdgeException("This program has no engine: call AddEngine<T>() on its builder, once for each.");
        }
    }

    private static ISiloBuilder AddEngineHost(this ISiloBuilder silo)
    {
        var services = silo.Services;
        if (services.Any(service => service.ServiceType == typeof(EngineInstances)))
        {
            return silo;
        }

        services.AddSettings<EngineHostOptions>("BlueEdge:EngineHost");
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<EngineInstances>();
        services.AddSingleton<EngineRuns>();
        services.AddSingleton<IEngineHost>(provider => provider.GetRequiredService<EngineRuns>());
        services.AddSingleton<EngineMetrics>();
        services.AddSingleton<TemporaryFolders>();
        services.TryAddSingleton<DirectTransport>();
        services.TryAddSingleton<IChannelTransport>(provider => provider.GetRequiredService<DirectTransport>());
        services.AddSettings<TapOptions>(TapOptions.Section);
        services.AddSingleton<ChannelTaps>();
        services.AddSingleton<ChannelWriters>();
        services.AddSingleton<EngineEventReporters>();
        services.AddSingleton<PayloadStore>();
        services.AddHostedService<EngineInstanceService>();
        return silo.AddEnginePlacement().AddGrainErrors();
    }
}
