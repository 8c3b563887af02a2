using System.Buffers.Binary;
using System.Net;
using BlueEdge.Outbound;
using CsCheck;

namespace BlueEdge.Webhooks.Tests.Outbound;

public sealed class SpecialRangesTests
{
    /// <summary>First and last address of each range, written out by hand: nothing of the code's own arithmetic is in it.</summary>
    private static readonly (uint First, uint Last)[] Special4 =
    [
        (0x00000000, 0x00FFFFFF), (0x0A000000, 0x0AFFFFFF), (0x64400000, 0x647FFFFF), (0x7F000000, 0x7FFFFFFF), (0xA9FE0000, 0xA9FEFFFF),
        (0xAC100000, 0xAC1FFFFF), (0xC0000000, 0xC00000FF), (0xC0000200, 0xC00002FF), (0xC01FC400, 0xC01FC4FF), (0xC034C100, 0xC034C1FF),
        (0xC0586300, 0xC05863FF), (0xC0A80000, 0xC0A8FFFF), (0xC0AF3000, 0xC0AF30FF), (0xC6120000, 0xC613FFFF), (0xC6336400, 0xC63364FF),
        (0xCB007100, 0xCB0071FF), (0xE0000000, 0xEFFFFFFF), (0xF0000000, 0xFFFFFFFF),
    ];

    /// <summary>The upper half of IPv6 addresses that a public host may not have; beyond 2000::/3 none may.</summary>
    private static readonly (ulong First, ulong Last)[] Special6 =
    [
        (0x0000_0000_0000_0000, 0x1FFF_FFFF_FFFF_FFFF), (0x2001_0000_0000_0000, 0x2001_01FF_FFFF_FFFF), (0x2001_0DB8_0000_0000, 0x2001_0DB8_FFFF_FFFF),
        (0x2002_0000_0000_0000, 0x2002_FFFF_FFFF_FFFF), (0x2620_004F_8000_0000, 0x2620_004F_8000_FFFF), (0x3FFF_0000_0000_0000, 0x3FFF_0FFF_FFFF_FFFF),
        (0x4000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF),
    ];

    private static readonly Gen<uint> AnyNear4 = Gen.OneOf(Gen.UInt, Near(Special4).Select(edge => (uint)edge));
    private static readonly Gen<ulong> AnyNear6 = Gen.OneOf(Gen.ULong, Near(Special6));

    [Fact]
    public void IPv4_ranges_begin_and_end_where_they_should() =>
        AnyNear4.Sample(number => SpecialRanges.Find(V4(number)) is not null == Array.Exists(Special4, range => range.First <= number && number <= range.Last), iter: 100_000);

    [Fact]
    public void So_do_IPv6_ranges() =>
        Gen.Select(AnyNear6, Gen.ULong).Sample(
            (upper, lower) => SpecialRanges.Find(V6(upper, lower)) is not null == Array.Exists(Special6, range => range.First <= upper && upper <= range.Last), iter: 100_000);

    [Fact]
    public void An_address_that_leads_to_a_refused_one_is_refused_though_its_own_range_is_allowed()
    {
        OutboundRules rules = new(new() { Allow = "::/96; ::ffff:0:0/96; ::ffff:0:0:0/96; 64:ff9b::/96; 64:ff9b:1::/48; 2002::/16; 2001::/32" });
        AnyNear4.Sample(number =>
        {
            var isRefused = SpecialRanges.Find(V4(number)) is not null;
            return number <= 1 || Forms(number).All(address => rules.RefusalOf("host", address, isHttps: true) is not null == isRefused);
        });
    }

    [Theory]
    [InlineData("127.0.0.1", "a loopback")]
    [InlineData("10.255.255.255", "a private")]
    [InlineData("169.254.169.254", "a link-local")]
    [InlineData("100.64.0.1", "a shared")]
    [InlineData("224.0.0.1", "a multicast")]
    [InlineData("255.255.255.255", "a broadcast")]
    [InlineData("240.0.0.1", "a reserved")]
    [InlineData("0.0.0.0", "an unspecified")]
    [InlineData("198.19.255.255", "a benchmarking")]
    [InlineData("203.0.113.7", "a documentation")]
    [InlineData("::", "an unspecified")]
    [InlineData("::1", "a loopback")]
    [InlineData("::ffff:8.8.8.8", "an IPv4-mapped")]
    [InlineData("::8.8.8.8", "an IPv4-compatible")]
    [InlineData("64:ff9b::808:808", "a NAT64")]
    [InlineData("64:ff9b:1:ffff::1", "a NAT64")]
    [InlineData("100::1", "a discard-only")]
    [InlineData("2001:0:1::1", "a Teredo")]
    [InlineData("2001:db8::1", "a documentation")]
    [InlineData("2002:808:808::", "a 6to4")]
    [InlineData("fd00:ec2::254", "a unique-local")]
    [InlineData("fe80::1", "a link-local")]
    [InlineData("fec0::1", "a site-local")]
    [InlineData("ff02::1", "a multicast")]
    [InlineData("4000::1", "a reserved")]
    [InlineData("8.8.8.8", null)]
    [InlineData("2606:4700::1111", null)]
    public void Each_kind_has_a_name(string address, string? name) => Assert.Equal(name, SpecialRanges.Find(IPAddress.Parse(address)));

    private static Gen<ulong> Near<T>((T First, T Last)[] ranges)
        where T : IConvertible
    {
        var edges = ranges.SelectMany(range => new[] { range.First, range.Last }).Select(edge => edge.ToUInt64(provider: null)).ToArray();
        return Gen.Select(Gen.Int[0, edges.Length - 1], Gen.Int[-2, 2], (edge, step) => unchecked(edges[edge] + (ulong)step));
    }

    /// <summary>The addresses that carry an IPv4 address, written as the RFCs show them.</summary>
    private static IEnumerable<IPAddress> Forms(uint number)
    {
        var dotted = V4(number).ToString();
        var (high, low) = ((number >> 16).ToString("x", null), (number & 0xFFFF).ToString("x", null));
        foreach (var form in (string[])[$"::{dotted}", $"::ffff:{dotted}", $"::ffff:0:{dotted}", $"64:ff9b::{dotted}", $"64:ff9b:1::{dotted}", $"2002:{high}:{low}::1", $"2001:0:{high}:{low}::f7f7:f7f7"])
        {
            yield return IPAddress.Parse(form);
        }

        yield return IPAddress.Parse($"2001:0:808:808::{(~number >> 16) & 0xFFFF:x}:{~number & 0xFFFF:x}");
    }

    private static IPAddress V4(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new(bytes);
    }

    private static IPAddress V6(ulong upper, ulong lower)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, upper);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), lower);
        return new(bytes);
    }
}
