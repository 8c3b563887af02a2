namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>What the horizontal pod autoscaler of Kubernetes 1.35 makes of one external metric of type AverageValue.</summary>
/// <remarks>As pkg/controller/podautoscaler decides: tolerance, stabilisation, rates. All pods there are to be are taken for there.</remarks>
public sealed class AutoscalerModel(ScalingSettings settings)
{
    private readonly List<(TimeSpan At, int Wish)> _wishes = [];
    private readonly List<(TimeSpan At, int Change)> _changes = [];

    /// <summary>How many pods there are to be after a look.</summary>
    /// <param name="now">The time.</param>
    /// <param name="demand">The metric; null where it cannot be had.</param>
    /// <param name="replicas">How many there are to be now.</param>
    public int Look(TimeSpan now, int? demand, int replicas)
    {
        // None is KEDA's, and a metric that cannot be had changes nothing.
        if (replicas == 0 || (demand is null && replicas >= settings.LeastScaled && replicas <= settings.Most))
        {
            return replicas;
        }

        var wanted = replicas > settings.Most ? settings.Most
            : replicas < settings.LeastScaled ? settings.LeastScaled
            : Limit(now, Stabilize(now, Wish(demand!.Value, replicas), replicas), replicas); // It was asked for just before.
        if (wanted != replicas)
        {
            _changes.Add((now, wanted - replicas));
        }

        return wanted;
    }

    private int Wish(int demand, int replicas)
    {
        var ratio = demand / ((double)settings.Slots * replicas);
        var isNear = ratio >= 1 - settings.DownTolerance && ratio <= 1 + settings.UpTolerance;
        return isNear ? replicas : (int)Math.Ceiling(demand / (double)settings.Slots);
    }

    private int Stabilize(TimeSpan now, int wish, int replicas)
    {
        var up = _wishes.Where(each => each.At > now - settings.UpWindow).Select(each => each.Wish).Append(wish).Min();
        var down = _wishes.Where(each => each.At > now - settings.DownWindow).Select(each => each.Wish).Append(wish).Max();
        _wishes.RemoveAll(each => each.At < now - (settings.UpWindow > settings.DownWindow ? settings.UpWindow : settings.DownWindow));
        _wishes.Add((now, wish));
        return replicas < up ? up : replicas > down ? down : replicas;
    }

    private int Limit(TimeSpan now, int wanted, int replicas)
    {
        if (wanted > replicas)
        {
            var most = settings.UpPolicies.Max(policy => BeganWith(now, policy, replicas) is var began && policy.IsPercent
                ? (int)Math.Ceiling(began * (1 + (policy.Value / 100d)))
                : began + policy.Value);
            return Math.Min(wanted, Math.Min(settings.Most, Math.Max(replicas, most)));
        }

        var least = settings.DownPolicies.Min(policy => BeganWith(now, policy, replicas) is var began && policy.IsPercent
            ? (int)(began * (1 - (policy.Value / 100d)))
            : began - policy.Value);
        return Math.Max(wanted, Math.Max(settings.LeastScaled, Math.Min(replicas, least)));
    }

    /// <summary>How many there were when a policy's period began.</summary>
    private int BeganWith(TimeSpan now, ScalingPolicy policy, int replicas) =>
        replicas - _changes.Where(each => each.At > now - policy.Period).Sum(each => each.Change);
}
