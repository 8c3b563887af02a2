using System.Globalization;

namespace BlueEdge.Scheduling;

/// <summary>
/// A session in the pending list of one engine: the score is its rank, negated, and the text begins with its age, so that
/// the set's own order is rank, then age.
/// </summary>
internal readonly record struct PendingMember(long Ticks, string SessionId, int Epoch, int Slots)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Ticks:x16}:{SessionId}:{Epoch}:{Slots}");

    public static PendingMember Parse(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 4
            && long.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ticks)
            && int.TryParse(parts[2], CultureInfo.InvariantCulture, out var epoch)
            && int.TryParse(parts[3], CultureInfo.InvariantCulture, out var slots)
            ? new(ticks, parts[1], epoch, slots)
            : throw new BlueEdgeException($"The pending list holds '{text}', which no scheduler has written. Remove it with ZREM.");
    }
}
