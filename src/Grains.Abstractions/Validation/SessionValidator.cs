using BlueEdge.Channels;
using BlueEdge.Engines;
using BlueEdge.Outbound;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Says all that is wrong with a session, in time and space linear in its size.</summary>
public static class SessionValidator
{
    /// <summary>
    /// Checks a spec against the engines there are and the limits set. Pure; never throws for what a spec holds.
    /// </summary>
    /// <param name="spec">The session to check. A type outside <see cref="ChannelType"/> is a fault, and compared with nothing.</param>
    /// <param name="engines">The known engines by id.</param>
    /// <param name="limits">How large a session may be.</param>
    /// <param name="outbound">Which addresses may be called; <see langword="null"/>, the default, are the rules without any settings.</param>
    /// <param name="most">How many faults are listed, the others being counted: more for those who know that some follow from others.</param>
    /// <param name="tenantSlots">How many slots of an engine its tenant may hold at once; as many as there are by default.</param>
    /// <returns>
    /// What is wrong, with pointers into the body of POST /api/v1/process-workflow; empty for a session that can run.
    /// </returns>
    public static FaultList Validate(
        SessionSpec spec,
        IReadOnlyDictionary<string, EngineDefinition> engines,
        SessionLimits limits,
        OutboundRules? outbound = null,
        int most = FaultCollector.Most,
        int tenantSlots = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(engines);
        ArgumentNullException.ThrowIfNull(limits);

        var faults = new FaultCollector(most);
        var session = new SessionIndex(spec);
        ChannelValidator.Validate(session, limits, faults);
        NodeValidator.Validate(session, engines, limits, faults);
        LinkValidator.Validate(session, engines, faults);
        ExternalValidator.Validate(session, spec.Retry, faults);
        CapacityValidator.Validate(session, limits, tenantSlots, faults);
        GraphValidator.Validate(session, limits, faults);
        StartDataValidator.Validate(session, limits, faults);
        WebhookValidator.Validate(session, outbound ?? OutboundRules.Default, faults);
        SettingsValidator.Validate(spec, limits, faults);
        return faults.ToList();
    }
}
