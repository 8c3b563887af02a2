using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Gateway.Http;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Engines;

/// <summary>Asks the scheduler for the engines there are.</summary>
internal sealed class EngineDirectory(IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time)
{
    /// <exception cref="UnavailableException">The scheduler does not answer.</exception>
    public async Task<ImmutableArray<EngineSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var scheduler = grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain);
            return await scheduler.GetEnginesAsync(cancellationToken).WaitAsync(options.Value.CallTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (exception is ArgumentException || Unavailability.Explains(exception)))
        {
            // ArgumentException is what Orleans says while no silo that hosts the scheduler is up.
            throw new UnavailableException("The engines cannot be listed now: try again soon.", exception);
        }
    }

    /// <summary>The definitions by id, or <see langword="null"/> where the scheduler does not answer.</summary>
    public async Task<IReadOnlyDictionary<string, EngineDefinition>?> FindDefinitionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var engines = await ListAsync(cancellationToken);
            return engines.ToDictionary(engine => engine.Definition.Id, engine => engine.Definition, StringComparer.Ordinal);
        }
        catch (UnavailableException)
        {
            return null;
        }
    }
}
