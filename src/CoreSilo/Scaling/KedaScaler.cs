using BlueEdge.Grains.Scaling;
using Grpc.Core;

namespace BlueEdge.CoreSilo.Scaling;

/// <summary>
/// Tells KEDA what an engine is wanted for: the nodes that wait and work, which with the slots of an instance as the target give
/// the number of instances.
/// </summary>
internal sealed class KedaScaler(LoadWatch loads, IHostApplicationLifetime lifetime) : ExternalScaler.ExternalScalerBase
{
    /// <summary>One name for all: KEDA tells the metrics of ScaledObjects apart by itself.</summary>
    private const string MetricName = "blueedge-demand";

    public override Task<IsActiveResponse> IsActive(ScaledObjectRef request, ServerCallContext context) =>
        Task.FromResult(new IsActiveResponse { Result = IsWanted(Find(ScalerTrigger.Of(request))) });

    /// <summary>
    /// Says at once where it stands, and then each change. It stays open, and silent, while the scheduler is away: KEDA would open a
    /// stream that failed again only after pauses that grow.
    /// </summary>
    public override Task StreamIsActive(ScaledObjectRef request, IServerStreamWriter<IsActiveResponse> responseStream, ServerCallContext context)
    {
        var trigger = ScalerTrigger.Of(request);
        return TellAsync(trigger, IsWanted, wanted => responseStream.WriteAsync(new() { Result = wanted }, context.CancellationToken), context);
    }

    public override Task<GetMetricSpecResponse> GetMetricSpec(ScaledObjectRef request, ServerCallContext context)
    {
        var trigger = ScalerTrigger.Of(request);
        var slots = trigger.Slots ?? SlotsOf(Find(trigger));
        return Task.FromResult(Spec(slots ?? throw Unknown(trigger)));
    }

    /// <summary>As <see cref="StreamIsActive"/>; an engine that nobody knows yet has no target to tell.</summary>
    public override Task StreamMetricSpec(ScaledObjectRef request, IServerStreamWriter<GetMetricSpecResponse> responseStream, ServerCallContext context)
    {
        var trigger = ScalerTrigger.Of(request);
        return TellAsync(
            trigger,
            load => trigger.Slots ?? SlotsOf(load),
            slots => slots is { } known ? responseStream.WriteAsync(Spec(known), context.CancellationToken) : Task.CompletedTask,
            context);
    }

    public override Task<GetMetricsResponse> GetMetrics(GetMetricsRequest request, ServerCallContext context)
    {
        var trigger = ScalerTrigger.Of(request.ScaledObjectRef);
        if (request.MetricName is not MetricName)
        {
            throw new RpcException(new(StatusCode.InvalidArgument, $"ScaledObject '{trigger.ScaledObject}' asks for the metric '{request.MetricName}'; there is only {MetricName}."));
        }

        var demand = Find(trigger)?.Demand ?? 0;
        return Task.FromResult(new GetMetricsResponse
        {
            MetricValues = { new MetricValue { MetricName = MetricName, MetricValue_ = demand, MetricValueFloat = demand } },
        });
    }

    /// <summary>An engine that the scheduler does not know has no session; a trigger that brings its slots may be there before it.</summary>
    private EngineLoad? Find(ScalerTrigger trigger)
    {
        try
        {
            return loads.Find(trigger.Engine) ?? (trigger.Slots is null ? throw Unknown(trigger) : null);
        }
        catch (LoadsUnknownException unknown)
        {
            throw new RpcException(new(StatusCode.Unavailable, unknown.Message));
        }
    }

    /// <summary>Tells what comes of a load each time that it is another, until the caller or the process ends it.</summary>
    private async Task TellAsync<T>(ScalerTrigger trigger, Func<EngineLoad?, T> read, Func<T, Task> tell, ServerCallContext context)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            (T? Value, bool IsTold) last = default;
            await foreach (var load in loads.FollowAsync(trigger.Engine, ends.Token))
            {
                var value = read(load);
                if (!last.IsTold || !EqualityComparer<T>.Default.Equals(value, last.Value))
                {
                    last = (value, IsTold: true);
                    await tell(value);
                }
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // A whole end, after which KEDA opens the next stream soon, at another silo.
        }
    }

    private static bool IsWanted(EngineLoad? load) => load is { Demand: > 0 };

    private static int? SlotsOf(EngineLoad? load) => load is { Slots: > 0 } ? load.Slots : null;

    private static GetMetricSpecResponse Spec(int slots) => new()
    {
        MetricSpecs = { new MetricSpec { MetricName = MetricName, TargetSize = slots, TargetSizeFloat = slots } },
    };

    private static RpcException Unknown(ScalerTrigger trigger) => new(new(
        StatusCode.NotFound,
        $"ScaledObject '{trigger.ScaledObject}' scales engine '{trigger.Engine}', which has no definition: start an instance of it once, register it (PUT /api/v1/engines/{trigger.Engine}), or write slots beside engineId."));
}
