using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace BlueEdge.Gateway.Auth;

/// <summary>Where a caller is, as far as one caller is one: an address of IPv4, or the 64 bits of IPv6 that a network is given.</summary>
/// <param name="Bits">The address.</param>
/// <param name="Family">Of which kind it is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CallerAddress(ulong Bits, AddressFamily Family)
{
    /// <summary>The place of an address; all that have none, as by a Unix socket, are in one place.</summary>
    public static CallerAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return new(0, AddressFamily.Unspecified);
        }

        Span<byte> bytes = stackalloc byte[16];
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).TryWriteBytes(bytes, out var length);
        return length == 4
            ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes), AddressFamily.InterNetwork)
            : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), AddressFamily.InterNetworkV6);
    }
}
