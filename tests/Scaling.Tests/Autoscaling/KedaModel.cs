namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>What KEDA does by itself: the step from none to some when there is demand, and back to none after a time without.</summary>
/// <remarks>As the executor of KEDA 2.20 decides (pkg/scaling/executor), for one trigger, without fallback and without idle replicas.</remarks>
public sealed class KedaModel(ScalingSettings settings)
{
    private TimeSpan? _lastActive;

    /// <summary>What KEDA has the number of pods be after a look at the trigger, or a push of it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isActive">What the trigger says; null where it answers with an error.</param>
    /// <param name="replicas">How many there are to be now.</param>
    public int Look(TimeSpan now, bool? isActive, int replicas)
    {
        switch (isActive)
        {
            case null:
                return replicas;
            case true:
                _lastActive = now;
                return replicas == 0 ? settings.LeastScaled : replicas;
            default:
                return replicas < settings.Least ? settings.Least
                    : settings.Least == 0 && (_lastActive is not { } last || last + settings.Cooldown < now) ? 0
                    : replicas;
        }
    }
}
