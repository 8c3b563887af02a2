using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Outbound;

/// <summary>
/// Addresses of one family that begin with the same bits. Unlike <see cref="IPNetwork"/> it takes an IPv4-mapped address for the
/// IPv6 address that it is, and a prefix with bits behind its length for the mistake that it is.
/// </summary>
internal sealed class AddressBlock
{
    private readonly AddressFamily _family;
    private readonly UInt128 _prefix;
    private readonly UInt128 _mask;

    private AddressBlock(IPAddress first, int length)
    {
        (_family, _prefix) = (first.AddressFamily, NumberOf(first));
        _mask = length == 0 ? 0 : UInt128.MaxValue << (128 - length);
    }

    /// <summary>A block that is written in the code.</summary>
    public static AddressBlock Of(string text) => TryParse(text, out var block) ? block : throw new FormatException(text);

    /// <summary>Reads <c>10.1.0.0/16</c>, or an address, which is a block of one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AddressBlock? block)
    {
        block = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var written = slash < 0 ? text : text[..slash];

        // Spellings such as 127.1 are addresses to some and hosts to others.
        if (!IPAddress.TryParse(written, out var address) || !IsPlain(address, written))
        {
            return false;
        }

        var bits = address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
        {
            return false;
        }

        var candidate = new AddressBlock(address, length);
        block = (candidate._prefix & ~candidate._mask) == 0 ? candidate : null;
        return block is not null;
    }

    public bool Contains(IPAddress address) => address.AddressFamily == _family && (NumberOf(address) & _mask) == _prefix;

    private static bool IsPlain(IPAddress address, string written) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 ? !written.Contains('%', StringComparison.Ordinal) : string.Equals(address.ToString(), written, StringComparison.Ordinal);

    /// <summary>The address's bits, from the uppermost on.</summary>
    private static UInt128 NumberOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        address.TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
