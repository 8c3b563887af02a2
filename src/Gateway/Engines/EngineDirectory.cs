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
    public Task<ImmutableArray<EngineSnapshot>> ListAsync(CancellationToken cancellationToken) =>
        CallAsync(scheduler => scheduler.GetEnginesAsync(cancellationToken), "The engines cannot be listed now: try again soon.", cancellationToken);

    /// <exception cref="UnavailableException">The scheduler does not answer; whether it was done is open.</exception>
    public Task<RegisterResult> RegisterAsync(EngineDefinition definition, CancellationToken cancellationToken) => CallAsync(
        scheduler => scheduler.RegisterAsync(definition, cancellationToken), $"Engine '{definition.Id}' cannot be registered now: try again soon.", cancellationToken);

    /// <exception cref="UnavailableException">The scheduler does not answer; whether it was done is open.</exception>
    public Task<UnregisterOutcome> UnregisterAsync(string engine, CancellationToken cancellationToken) => CallAsync(
        scheduler => scheduler.UnregisterAsync(engine, cancellationToken), $"Engine '{engine}' cannot be removed now: try again soon.", cancellationToken);

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

    private async Task<T> CallAsync<T>(Func<ISchedulerGrain, Task<T>> call, string refusal, CancellationToken cancellationToken)
    {
        try
        {
            return await call(grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain)).WaitAsync(options.Value.CallTimeout, time, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && (exception is ArgumentException || Unavailability.Explains(exception)))
        {
            // ArgumentException is what Orleans says while no silo that hosts the scheduler is up.
            throw new UnavailableException(refusal, exception);
        }
    }
}
