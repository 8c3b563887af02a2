namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The order of service over all sessions: starving ones by age, then the others by rank and age.</summary>
internal readonly record struct ServiceKey(bool Starving, QueueKey Key)
{
    public static int Compare(in ServiceKey x, in ServiceKey y) =>
        x.Starving != y.Starving ? (x.Starving ? -1 : 1) : QueueKey.Compare(x.Key, y.Key);
}
