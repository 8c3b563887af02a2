namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>
/// KEDA and the autoscaler together, second by second: what the number of instances is to be for a demand. To be compared with what a
/// real control plane does, where both look at other moments within their periods: see <see cref="Differs"/>.
/// </summary>
public sealed class ScalingModel(ScalingSettings settings)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly KedaModel _keda = new(settings);
    private readonly AutoscalerModel _autoscaler = new(settings);
    private bool? _pushed;
    private TimeSpan _now = -Second;

    /// <summary>How many instances there are to be.</summary>
    public int Replicas { get; private set; }

    /// <summary>Lets a second pass.</summary>
    /// <param name="demand">What the scaler says in it; null where it answers with an error.</param>
    public ScalingStep Next(int? demand)
    {
        _now += Second;
        bool? isActive = demand is { } known ? known > 0 : null;
        if (IsDue(settings.PollingInterval))
        {
            Replicas = _keda.Look(_now, isActive, Replicas);
        }

        // A scaler that is in trouble pushes nothing.
        if (settings.Pushes && isActive is { } told && told != _pushed)
        {
            _pushed = told;
            Replicas = _keda.Look(_now, told, Replicas);
        }

        if (IsDue(settings.SyncPeriod))
        {
            Replicas = _autoscaler.Look(_now, demand, Replicas);
        }

        return new(_now, demand, Replicas);
    }

    /// <summary>The whole of a trace, a demand a second.</summary>
    public static IReadOnlyList<ScalingStep> Run(ScalingSettings settings, IEnumerable<int?> demand)
    {
        ScalingModel model = new(settings);
        return [.. demand.Select(model.Next)];
    }

    /// <summary>
    /// The moments at which something that was seen is none of the numbers that the model has so shortly before and after: both look
    /// when they look, and a step comes earlier or later by as much.
    /// </summary>
    /// <param name="model">What the model has.</param>
    /// <param name="seen">What was seen: how many instances were to be, from when on.</param>
    /// <param name="slack">How much earlier or later a step may come.</param>
    public static IReadOnlyList<(TimeSpan At, int Seen, int Least, int Most)> Differs(
        IReadOnlyList<ScalingStep> model, IEnumerable<(TimeSpan At, int Replicas)> seen, TimeSpan slack)
    {
        List<(TimeSpan, int, int, int)> differs = [];
        foreach (var (at, replicas) in seen)
        {
            var near = model.Where(step => step.At >= at - slack && step.At <= at + slack).Select(step => step.Replicas).ToList();
            if (near.Count > 0 && (replicas < near.Min() || replicas > near.Max()))
            {
                differs.Add((at, replicas, near.Min(), near.Max()));
            }
        }

        return differs;
    }

    private bool IsDue(TimeSpan period) => _now.Ticks % period.Ticks == 0;
}
