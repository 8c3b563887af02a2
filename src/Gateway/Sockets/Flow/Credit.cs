using System.Runtime.InteropServices;

namespace BlueEdge.Gateway.Sockets.Flow;

/// <summary>
/// What one side of a channel may still send. An item goes out where there is room for anything, so that one that is larger than all the bytes passes
/// too: what is too much is owed, and the next one waits until it is paid back. Pure.
/// </summary>
/// <param name="Items">Items.</param>
/// <param name="Bytes">Bytes of content; less than none where an item was larger than what was left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Credit(long Items, long Bytes)
{
    /// <summary>More is no more: what every language's numbers hold exactly.</summary>
    public const long Most = 1L << 53;

    /// <summary>Whether an item may be sent.</summary>
    public bool HasRoom => Items > 0 && Bytes > 0;

    /// <summary>What is left after an item.</summary>
    public Credit Take(long bytes) => new(Items - 1, Bytes - bytes);

    /// <summary>What there is with some more of it, up to <see cref="Most"/> each.</summary>
    public Credit Add(Credit more) => new(Math.Min(Items + more.Items, Most), Math.Min(Bytes + more.Bytes, Most));
}
