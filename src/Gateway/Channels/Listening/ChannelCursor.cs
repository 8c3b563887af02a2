using System.Globalization;
using System.Runtime.InteropServices;

namespace BlueEdge.Gateway.Channels.Listening;

/// <summary>Where a listener is in a channel: behind an item. Written <c>epoch:offset</c>, as the item's event id.</summary>
/// <param name="Epoch">The attempt that wrote the item; the first is 1, and 0 is before any.</param>
/// <param name="Next">The place of the item that comes next.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChannelCursor(int Epoch, long Next)
{
    /// <summary>What it looks like, in words.</summary>
    public const string Form = "the id of one of its items, such as 1:41";

    /// <summary>Behind an item.</summary>
    public static string IdOf(int epoch, long offset) => string.Create(CultureInfo.InvariantCulture, $"{epoch}:{offset}");

    /// <summary>Before an item, that is behind the one before; <see langword="null"/> before the first.</summary>
    public static string? IdBefore(int epoch, long offset) => offset > 0 ? IdOf(epoch, offset - 1) : null;

    /// <summary>Reads the id of an item; <see langword="null"/> where it is none.</summary>
    public static ChannelCursor? TryParse(string id) =>
        id.Split(':') is [var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
        && epoch > 0
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        && offset < long.MaxValue
            ? new(epoch, offset + 1)
            : null;
}
