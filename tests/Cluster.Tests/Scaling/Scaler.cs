using BlueEdge.CoreSilo.Scaling;
using Grpc.Core;
using Grpc.Net.Client;

namespace BlueEdge.Cluster.Tests.Scaling;

/// <summary>Asks a core silo as KEDA does.</summary>
internal sealed class Scaler(int port) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");

    private ExternalScaler.ExternalScalerClient Client => new(_channel);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _channel.Dispose();

    public static ScaledObjectRef Of(params (string Key, string Value)[] metadata)
    {
        ScaledObjectRef scaled = new() { Name = "delay", Namespace = "engines" };
        foreach (var (key, value) in metadata)
        {
            scaled.ScalerMetadata.Add(key, value);
        }

        return scaled;
    }

    public async Task<bool> IsActiveAsync(ScaledObjectRef scaled) => (await Client.IsActiveAsync(scaled, cancellationToken: Ct)).Result;

    public async Task<double> TargetAsync(ScaledObjectRef scaled)
    {
        var spec = Assert.Single((await Client.GetMetricSpecAsync(scaled, cancellationToken: Ct)).MetricSpecs);
        Assert.Equal(spec.TargetSize, spec.TargetSizeFloat);
        return spec.TargetSizeFloat;
    }

    /// <summary>The value of the metric that the spec names.</summary>
    public async Task<double> DemandAsync(ScaledObjectRef scaled)
    {
        var name = Assert.Single((await Client.GetMetricSpecAsync(scaled, cancellationToken: Ct)).MetricSpecs).MetricName;
        var value = Assert.Single((await Client.GetMetricsAsync(new() { ScaledObjectRef = scaled, MetricName = name }, cancellationToken: Ct)).MetricValues);
        Assert.Equal((name, value.MetricValueFloat), (value.MetricName, value.MetricValue_));
        return value.MetricValueFloat;
    }

    /// <summary>What the autoscaler makes of it: enough instances that each has no more than its target.</summary>
    public async Task<int> InstancesAsync(ScaledObjectRef scaled) => (int)Math.Ceiling(await DemandAsync(scaled) / await TargetAsync(scaled));

    public async Task UntilDemandAsync(ScaledObjectRef scaled, double demand)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        double found;
        while ((found = await DemandAsync(scaled)) != demand)
        {
            Assert.False(patience.IsCancellationRequested, $"The demand is {found} after {Patience}, not {demand}.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    public AsyncServerStreamingCall<IsActiveResponse> Follow(ScaledObjectRef scaled) => Client.StreamIsActive(scaled, cancellationToken: Ct);

    /// <summary>The next that a stream says; null where it ended.</summary>
    public static async Task<bool?> NextAsync(AsyncServerStreamingCall<IsActiveResponse> stream) =>
        await stream.ResponseStream.MoveNext(Ct).WaitAsync(Patience, TimeProvider.System, Ct) ? stream.ResponseStream.Current.Result : null;

    /// <summary>The error that a call ends with.</summary>
    public static async Task<Status> RefusalAsync(Func<Task> call) => (await Assert.ThrowsAsync<RpcException>(call)).Status;
}
