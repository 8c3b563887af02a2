using System.Globalization;
using System.Runtime.InteropServices;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>
/// Where a listener is in a channel: behind an item. Written <c>epoch:offset</c>, as the item's event id; where it comes from a tap
/// <c>epoch:offset:life</c>, for a tap that was lost begins again.
/// </summary>
/// <param name="Epoch">The attempt that wrote the item; the first is 1, and 0 is before any.</param>
/// <param name="Next">The place of the item that comes next.</param>
/// <param name="Life">Which life of a tap the place belongs to; 0 for stored results.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChannelCursor(int Epoch, long Next, long Life = 0)
{
    /// <summary>What it looks like, in words.</summary>
    public const string Form = "the id of one of its items, such as 1:41";

    /// <summary>Behind an item.</summary>
    public static string IdOf(int epoch, long offset, long life = 0) => life == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{epoch}:{offset}")
        : string.Create(CultureInfo.InvariantCulture, $"{epoch}:{offset}:{life}");

    /// <summary>Reads the id of an item; <see langword="null"/> where it is none.</summary>
    public static ChannelCursor? TryParse(string id)
    {
        var life = 0L;
        return id.Split(':') is [var first, var second, .. var rest]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            && epoch > 0
            && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && offset < long.MaxValue
            && (rest is [] || (rest is [var third] && long.TryParse(third, NumberStyles.None, CultureInfo.InvariantCulture, out life)))
            ? new(epoch, offset + 1, life)
            : null;
    }
}
