using System.Globalization;
using BlueEdge.Scheduling;
using BlueEdge.Validation;

namespace BlueEdge.Sessions;

/// <summary>The codes of the platform's own warnings; they stay as they are.</summary>
public static class WarningCodes
{
    /// <summary>A webhook's address is one that is not called, as far as can be told from how it is written.</summary>
    public const string WebhookRefused = "webhook-refused";

    /// <summary>An engine warned, and gave no code.</summary>
    public const string EngineWarning = "engine-warning";

    /// <summary>An engine warned more often than is kept; the message says how often.</summary>
    public const string MoreWarnings = "more-warnings";

    /// <summary>The session waits for more slots of an engine than all its instances have now: it starts once others have joined.</summary>
    public const string MoreThanCapacity = "more-than-capacity";

    /// <summary>What there is to say of how a session waits.</summary>
    public static IEnumerable<SessionWarning> Of(QueuePosition? position) =>
        from shortage in position?.WaitsFor.OrEmpty() ?? []
        where shortage.Instances > 0 && shortage.NeededSlots > shortage.Slots
        select new SessionWarning
        {
            Code = MoreThanCapacity,
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The session needs {shortage.NeededSlots} slots of engine '{shortage.Engine}' at once, and all its instances together have {shortage.Slots} now: it waits until others join. Where none will, stop it, and set BlueEdge:Limits:EngineSlots:{shortage.Engine} to have such sessions refused."),
        };
}
