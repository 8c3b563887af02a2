using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;

namespace BlueEdge.Grains.Storage;

/// <summary>Has the grains of a silo throw only what their callers can read.</summary>
public static class GrainErrorsHosting
{
    /// <summary>Every feature with grains adds it; the first one counts.</summary>
    public static ISiloBuilder AddGrainErrors(this ISiloBuilder silo)
    {
        if (silo.Services.Any(service => service.ServiceType == typeof(GrainErrors)))
        {
            return silo;
        }

        // What Orleans itself tells of a placement that took too long has an error of this library inside, and passes no filter.
        silo.Services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add("Polly"));
        silo.Services.AddSingleton<GrainErrors>();
        silo.Services.TryAddSingleton<StoreMetrics>();
        silo.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IStoreErrors, BlobErrors>());
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => services.GetRequiredService<GrainErrors>());
        return silo;
    }
}
