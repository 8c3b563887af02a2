using System.Collections.Immutable;

namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>What a ScaledObject says; where it says nothing, what KEDA and Kubernetes take.</summary>
public sealed record ScalingSettings
{
    /// <summary>What the scaler says as the target: slots of an instance.</summary>
    public required int Slots { get; init; }

    /// <summary>How often KEDA asks (<c>pollingInterval</c>).</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after the last demand KEDA has none left (<c>cooldownPeriod</c>).</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary><c>minReplicaCount</c>.</summary>
    public int Least { get; init; }

    /// <summary><c>maxReplicaCount</c>.</summary>
    public int Most { get; init; } = 100;

    /// <summary>Whether the scaler pushes (<c>external-push</c>).</summary>
    public bool Pushes { get; init; } = true;

    /// <summary>How often the autoscaler looks.</summary>
    public TimeSpan SyncPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>By how much of itself the demand may lie above what the pods can take before there are more.</summary>
    public double UpTolerance { get; init; } = 0.1;

    /// <summary>By how much below before there are fewer.</summary>
    public double DownTolerance { get; init; } = 0.1;

    /// <summary>The lowest wish of this time counts when there are to be more.</summary>
    public TimeSpan UpWindow { get; init; } = TimeSpan.Zero;

    /// <summary>The highest wish of this time counts when there are to be fewer.</summary>
    public TimeSpan DownWindow { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>The one that allows most counts.</summary>
    public ImmutableArray<ScalingPolicy> UpPolicies { get; init; } = [new(4, false, TimeSpan.FromSeconds(15)), new(100, true, TimeSpan.FromSeconds(15))];

    /// <summary>The one that allows most counts.</summary>
    public ImmutableArray<ScalingPolicy> DownPolicies { get; init; } = [new(100, true, TimeSpan.FromSeconds(15))];

    /// <summary>What the autoscaler may go down to: from one to none is KEDA's step.</summary>
    public int LeastScaled => Math.Max(1, Least);

    /// <summary>How many instances a demand needs, within the bounds.</summary>
    public int NeedOf(int demand) => Math.Clamp((demand + Slots - 1) / Slots, Least, Most);
}
