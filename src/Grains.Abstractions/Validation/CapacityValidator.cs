namespace BlueEdge.Validation;

/// <summary>Slots: all nodes of a session run at once, so that it can need more of an engine than there will ever be, or than its tenant may hold.</summary>
internal static class CapacityValidator
{
    public static void Validate(SessionIndex session, SessionLimits limits, int tenantSlots, FaultCollector faults)
    {
        if (limits.EngineSlots.Count == 0 && tenantSlots == int.MaxValue)
        {
            return;
        }

        foreach (var nodes in session.Nodes.Index().Where(node => node.Item.Engine is not null).GroupBy(node => node.Item.Engine, node => node.Index, StringComparer.Ordinal))
        {
            var there = limits.EngineSlots.TryGetValue(nodes.Key, out var all) ? all : int.MaxValue;
            var slots = Math.Min(there, tenantSlots);
            if (nodes.Skip(slots).Any())
            {
                // One fault an engine, at the first node that is too many.
                faults.Add(
                    $"/engines/{nodes.ElementAt(slots)}/id",
                    FaultCodes.OverCapacity,
                    $"The session needs {nodes.Count()} slots of engine {FaultText.Quote(nodes.Key)} at once, and can never start: {(there <= tenantSlots ? $"all its instances together have {slots} at most. Use at most {slots} nodes of it, or run it with more slots." : $"its tenant may hold {slots} of them at once. Use at most {slots} nodes of it, or have the tenant's bound raised.")}");
            }
        }
    }
}
