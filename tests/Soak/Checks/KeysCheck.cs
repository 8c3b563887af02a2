using System.Text.RegularExpressions;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>When all has ended, only what is permanent has no expiry in Redis.</summary>
internal static partial class KeysCheck
{
    /// <summary>
    /// What stays: lists of ended sessions, which the sweeper shortens; when they are due; which engines and instances there are, and
    /// who schedules; Orleans' members and reminders; who reads which partition of the mailboxes; what grains
    /// keep that are no session's; with what callers' secrets are encrypted; how the keys are laid out, and the mark by which a Redis
    /// that lost its data is known.
    /// </summary>
    [GeneratedRegex(@"^([^/]+/)+(tenants|sessions/(Finished|Failed|Canceled)(/[^/]+)?|expiring|scheduler/[^/]+/(fence|instances|engines|pending-engines)|reminders|members/[^/]+|inbox-leases/[^/]+|grains/[^/]+/[^/]+/[^/]+|layout|mark|key-ring|audit/[^/]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Permanent { get; }

    public static IEnumerable<Violation> Find(SoakHistory history) => (history.Rest?.Keys ?? [])
        .Where(key => !key.Expires && !Permanent.IsMatch(key.Name))
        .Select(key => new Violation("keys", history.Rest!.At, $"Redis has '{key.Name}' without an expiry, and it is none of those that stay.")); // It has keys.
}
