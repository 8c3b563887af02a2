using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>Nothing is logged as an error but what faults bring with them.</summary>
internal static class LogsCheck
{
    /// <summary>What a line may have in it, and why that is no error of ours.</summary>
    private static readonly (string Text, string Why)[] Allowed =
    [
        ("Orleans.Runtime.GrainCallCancellationManager", "a canceled call's silo is gone: there is nobody to tell"),
        ("Orleans.Runtime.MembershipService.MembershipTableManager", "the members cannot be read while Redis is away; or it hung, was declared dead, and ends itself"),
        ("Orleans.Runtime.MembershipService.", "probes and gossip reach nobody while silos or Redis are away"),
        ("Orleans.Runtime.Membership.", "the same, of the gateways' list of silos"),
        ("Orleans.Runtime.SiloLifecycleSubject", "a start or stop that Redis or the cluster interrupts"),
        ("Orleans.Runtime.Silo[", "a silo that was declared dead ends itself"),
        ("Orleans.Silo[", "a silo that was declared dead ends itself"),
        ("Microsoft.AspNetCore.DataProtection.KeyManagement.KeyRingProvider", "the keys of callers' headers cannot be read while Redis is away; whoever needs them reads again"),
        ("Orleans.Runtime.ReminderService", "reminders cannot be read while Redis is away"),
        ("Orleans.Runtime.GrainDirectory", "its other partitions' silos are gone"),
        ("Orleans.Runtime.ActivationMigrationManager", "a silo that stops, and whom it would give its grains to does not answer"),
        ("Orleans.Runtime.Catalog", "a deactivation whose directory is gone"),
        ("Orleans.Messaging", "a connection to a silo that is gone"),
        ("Orleans.Runtime.Messaging", "a connection to a silo that is gone"),
        ("Orleans.Grain[", "a deactivation whose directory is gone"),
        ("Polly[", "a placement on a host that is gone, tried again"),
        ("I am dead", "a silo that hung and was declared dead ends itself when it goes on"),
        ("Streaming.Kafka", "the broker is away"),
    ];

    /// <summary>An answer that cannot be sent leaves its caller waiting, whatever it was.</summary>
    private const string NoAnswer = "CodecNotFoundException";

    public static IEnumerable<Violation> Find(SoakHistory history) => history.Log
        .Where(line => line.Text.Contains(NoAnswer, StringComparison.Ordinal) || !Allowed.Any(allowed => line.Text.Contains(allowed.Text, StringComparison.Ordinal)))
        .Select(line => new Violation("log", history.Ended, $"{line.Part}.log, line {line.Number}: {line.Text}"));
}
