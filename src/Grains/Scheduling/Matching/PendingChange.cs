using System.Collections.Immutable;

namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>A session that began to wait, or waits no more.</summary>
internal readonly record struct PendingChange(
    bool Added, Tenant Tenant, UInt128 Id, int Epoch, int Rank, long Ticks, ImmutableArray<EngineDemand> Demands);
