namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// The order in which an engine serves tenants: by the slots of it that they hold, then by what they were given so far,
/// both divided by their weights. Where ranks are compared across tenants they come before that. Those that may hold no more are last.
/// </summary>
/// <param name="scope">Among which sessions ranks are compared.</param>
/// <param name="bound">How many sessions of others may start past a tenant where their ranks come first.</param>
internal sealed class TurnOrder(RankScope scope, int bound) : IComparer<TenantShapes>
{
    /// <summary>Tenants as they are not to be passed: first who is next, or where ranks come before that who waits for longest.</summary>
    public IComparer<TenantShapes> Passing { get; } = Comparer<TenantShapes>.Create((x, y) =>
        x.Turn.HasRoom is var room && room != y.Turn.HasRoom ? (room ? -1 : 1)
        : scope is RankScope.Global && x.Share.ServedAt != y.Share.ServedAt ? x.Share.ServedAt.CompareTo(y.Share.ServedAt)
        : Compare(x.Share, y.Share));

    public int Compare(TenantShapes? x, TenantShapes? y) =>
        x is null || y is null ? Comparer<object>.Default.Compare(x, y) : Compare(x.Turn, y.Turn);

    /// <summary>Whether one comes before the other, if there is one.</summary>
    public bool IsBefore(in Turn turn, in Turn? other) => other is not { } before || Compare(turn, before) < 0;

    /// <summary>Whether the first of these tenants is not to be passed by a session of another.</summary>
    /// <param name="first">The first of those that wait.</param>
    /// <param name="other">The other.</param>
    /// <param name="starts">How many sessions have started on the engine.</param>
    public bool IsPassed(TenantShare first, TenantShare other, long starts) =>
        scope is RankScope.Global ? starts - first.ServedAt >= bound : Compare(first, other) < 0;

    private int Compare(in Turn x, in Turn y)
    {
        if (x.HasRoom is var room && room != y.HasRoom)
        {
            return room ? -1 : 1;
        }

        var byRank = scope is RankScope.Global ? Compare(x.Shape.HeadKey, y.Shape.HeadKey) : 0;
        return byRank != 0 ? byRank : Compare(x.Share, y.Share);
    }

    private static int Compare(in ServiceKey x, in ServiceKey y) =>
        x.Starving != y.Starving ? (x.Starving ? -1 : 1) : x.Key.Order.CompareTo(y.Key.Order);

    private static int Compare(TenantShare x, TenantShare y)
    {
        var byLevel = x.Level.CompareTo(y.Level);
        var byGiven = byLevel != 0 ? byLevel : x.Given.CompareTo(y.Given);
        return byGiven != 0 ? byGiven : string.CompareOrdinal(x.Tenant.Id, y.Tenant.Id);
    }
}
