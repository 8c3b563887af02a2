using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace BlueEdge.Outbound;

/// <summary>
/// The ranges of addresses that are no public host's. All of IANA's IPv4 and IPv6 Special-Purpose Address Registries
/// (https://www.iana.org/assignments/iana-ipv4-special-registry and …/iana-ipv6-special-registry), also those that are globally
/// reachable, since nobody has a webhook there; the multicast ranges; and whatever IANA's IPv6 Address Space registry does not give
/// to global unicast (2000::/3).
/// </summary>
internal static class SpecialRanges
{
    private static readonly (AddressBlock Block, string Name)[] V4 =
    [
        (AddressBlock.Of("0.0.0.0/8"), "an unspecified"),
        (AddressBlock.Of("10.0.0.0/8"), "a private"),
        (AddressBlock.Of("100.64.0.0/10"), "a shared"),
        (AddressBlock.Of("127.0.0.0/8"), "a loopback"),
        (AddressBlock.Of("169.254.0.0/16"), "a link-local"),
        (AddressBlock.Of("172.16.0.0/12"), "a private"),
        (AddressBlock.Of("192.0.0.0/24"), "an IETF protocol's"),
        (AddressBlock.Of("192.0.2.0/24"), "a documentation"),
        (AddressBlock.Of("192.31.196.0/24"), "an AS112"),
        (AddressBlock.Of("192.52.193.0/24"), "an AMT"),
        (AddressBlock.Of("192.88.99.0/24"), "a 6to4 relay's"),
        (AddressBlock.Of("192.168.0.0/16"), "a private"),
        (AddressBlock.Of("192.175.48.0/24"), "an AS112"),
        (AddressBlock.Of("198.18.0.0/15"), "a benchmarking"),
        (AddressBlock.Of("198.51.100.0/24"), "a documentation"),
        (AddressBlock.Of("203.0.113.0/24"), "a documentation"),
        (AddressBlock.Of("224.0.0.0/4"), "a multicast"),
        (AddressBlock.Of("255.255.255.255/32"), "a broadcast"),
        (AddressBlock.Of("240.0.0.0/4"), "a reserved"),
    ];

    private static readonly AddressBlock Compatible = AddressBlock.Of("::/96");
    private static readonly AddressBlock Mapped = AddressBlock.Of("::ffff:0:0/96");
    private static readonly AddressBlock Translated = AddressBlock.Of("::ffff:0:0:0/96");
    private static readonly AddressBlock Nat64 = AddressBlock.Of("64:ff9b::/96");
    private static readonly AddressBlock LocalNat64 = AddressBlock.Of("64:ff9b:1::/48");
    private static readonly AddressBlock Teredo = AddressBlock.Of("2001::/32");
    private static readonly AddressBlock SixToFour = AddressBlock.Of("2002::/16");
    private static readonly AddressBlock GlobalUnicast = AddressBlock.Of("2000::/3");

    private static readonly (AddressBlock Block, string Name)[] V6 =
    [
        (AddressBlock.Of("::/128"), "an unspecified"),
        (AddressBlock.Of("::1/128"), "a loopback"),
        (Compatible, "an IPv4-compatible"),
        (Mapped, "an IPv4-mapped"),
        (Translated, "an IPv4-translated"),
        (Nat64, "a NAT64"),
        (LocalNat64, "a NAT64"),
        (AddressBlock.Of("100::/64"), "a discard-only"),
        (AddressBlock.Of("100:0:0:1::/64"), "a dummy"),
        (Teredo, "a Teredo"),
        (AddressBlock.Of("2001:2::/48"), "a benchmarking"),
        (AddressBlock.Of("2001::/23"), "an IETF protocol's"),
        (AddressBlock.Of("2001:db8::/32"), "a documentation"),
        (SixToFour, "a 6to4"),
        (AddressBlock.Of("2620:4f:8000::/48"), "an AS112"),
        (AddressBlock.Of("3fff::/20"), "a documentation"),
        (AddressBlock.Of("5f00::/16"), "a segment routing"),
        (AddressBlock.Of("fc00::/7"), "a unique-local"),
        (AddressBlock.Of("fe80::/10"), "a link-local"),
        (AddressBlock.Of("fec0::/10"), "a site-local"),
        (AddressBlock.Of("ff00::/8"), "a multicast"),
    ];

    /// <summary>What kind of address it is, such as <c>a private</c>; <see langword="null"/> for one that a public host may have.</summary>
    public static string? Find(IPAddress address)
    {
        foreach (var (block, name) in address.AddressFamily is AddressFamily.InterNetwork ? V4 : V6)
        {
            if (block.Contains(address))
            {
                return name;
            }
        }

        return address.AddressFamily is AddressFamily.InterNetwork || GlobalUnicast.Contains(address) ? null : "a reserved";
    }

    /// <summary>
    /// The IPv4 addresses that what is sent to an IPv6 address may end at: the one that is mapped, compatible, translated, behind
    /// NAT64 (of 64:ff9b:1::/48 as if its prefix had 96 bits) or 6to4; Teredo's server and client. Empty for any other.
    /// </summary>
    public static IEnumerable<IPAddress> EmbeddedIn(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || IPAddress.IPv6Loopback.Equals(address) || IPAddress.IPv6Any.Equals(address))
        {
            return [];
        }

        var bytes = address.GetAddressBytes();
        return
            Compatible.Contains(address) || Mapped.Contains(address) || Translated.Contains(address) || Nat64.Contains(address) || LocalNat64.Contains(address) ? [V4At(bytes, 12)]
            : SixToFour.Contains(address) ? [V4At(bytes, 2)]
            : Teredo.Contains(address) ? [V4At(bytes, 4), V4At(bytes, 12, flipped: true)]
            : [];
    }

    private static IPAddress V4At(byte[] bytes, int offset, bool flipped = false)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset));
        var turned = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(turned, flipped ? ~number : number);
        return new(turned);
    }
}
