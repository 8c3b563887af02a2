using System.Globalization;
using System.Runtime.InteropServices;

namespace BlueEdge.Grains.Scheduling;

/// <summary>
/// A session in the pending list of one engine: the score is its rank, negated, and the text begins with its age, so that
/// the set's own order is rank, then age.
/// </summary>
/// <param name="Ticks">When it was submitted.</param>
/// <param name="SessionId">The session's id.</param>
/// <param name="Epoch">The attempt.</param>
/// <param name="Slots">How many slots of this engine it needs.</param>
/// <param name="Index">Which of the session's demands this is.</param>
/// <param name="Tenant">Whose session it is; null for the default tenant's, which the text does not name.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PendingMember(long Ticks, string SessionId, int Epoch, int Slots, int Index, string? Tenant)
{
    /// <summary>The member as the set has it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Ticks:x16}:{SessionId}:{Epoch}:{Slots}:{Index}{(Tenant is null ? "" : ":")}{Tenant}");

    /// <summary>Reads a member of the set.</summary>
    public static PendingMember Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length is 5 or 6
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var epoch)
            && int.TryParse(parts[3], CultureInfo.InvariantCulture, out var slots)
            && int.TryParse(parts[4], CultureInfo.InvariantCulture, out var index)
            ? new(ticks, parts[1], epoch, slots, index, parts.ElementAtOrDefault(5))
            : throw new BlueEdgeException($"The pending list holds '{text}', which no scheduler has written. Remove it with ZREM.");
    }
}
