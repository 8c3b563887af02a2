using System.ComponentModel.DataAnnotations;
using BlueEdge.Grains.Scheduling.Matching;

namespace BlueEdge.Grains.Scheduling;

/// <summary>How slots are given. Configured under <c>BlueEdge:Scheduling</c>.</summary>
public sealed class SchedulingOptions
{
    /// <summary>
    /// How many sessions may start past a waiting one, on one of its engines, before the slots it needs are kept for it;
    /// 1,000 by default.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public int OvertakingBound { get; set; } = 1_000;

    /// <summary>Among which sessions ranks are compared: those of one <c>Tenant</c>, by default, or all (<c>Global</c>).</summary>
    public RankScope RankScope { get; set; }

    /// <summary>
    /// By tenant: how many slots of an engine are its due for each one that is due to a tenant of weight 1, where more wait than there are
    /// slots; 1 for those that are not named, up to 1,000. Read when the scheduler is activated.
    /// </summary>
    [NumbersOfTenants(1, 1_000)]
    public IDictionary<string, int> Weights { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// How many slots of one engine a tenant may hold at once, where <see cref="TenantSlots"/> does not name it; 0, the default, for as many as there are.
    /// Sessions that want more wait until others of the tenant have ended. Read when the scheduler is activated.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int SlotsPerTenant { get; set; }

    /// <summary>By tenant: as <see cref="SlotsPerTenant"/>.</summary>
    [NumbersOfTenants(0, 1_000_000_000)]
    public IDictionary<string, int> TenantSlots { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>What tenants may have of each engine, by all of that.</summary>
    internal TenantTerms Terms => new() { Weights = Weights.AsReadOnly(), Slots = TenantSlots.AsReadOnly(), SlotsOfOthers = SlotsPerTenant };

    /// <summary>
    /// How long calls wait for a store that does not answer before they are told to come again; 5 s by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan StorePatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many ended attempts are remembered, to tell late reports from new ones; 100,000 by default.</summary>
    [Range(1, 100_000_000)]
    public int RememberedAttempts { get; set; } = 100_000;

    /// <summary>
    /// How many engines the scheduler may know before it refuses to register further ones; 10,000 by default. Those that were
    /// forgotten count until it moves. Instances always bring theirs.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MostEngines { get; set; } = 10_000;
}
