using System.Buffers.Binary;
using System.Collections.Immutable;

namespace BlueEdge.Samples.Documents.Pictures;

/// <summary>Finds what decoders pass over in silence: a file that was cut off, bytes that do not belong, frames that are not read.</summary>
internal static class PictureDamage
{
    public const string CutOff = "the file is cut off or broken inside: a part of the picture may be missing";
    private const string Stray = "the file has bytes that do not belong";
    private const string Animated = "it is an animated PNG, of which only the first frame is read";

    public static ImmutableArray<string> Of(ReadOnlySpan<byte> file) => file switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', _, _, _, _, .. var chunks] => Png(chunks),
        [0xFF, 0xD8, .. var segments] => Jpeg(segments),
        _ => [],
    };

    private static ImmutableArray<string> Png(ReadOnlySpan<byte> rest)
    {
        ImmutableArray<string> complaints = [];
        while (rest.Length >= 12)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var name = rest.Slice(4, 4);
            if (name.SequenceEqual("IEND"u8))
            {
                return complaints;
            }

            if (name.SequenceEqual("acTL"u8))
            {
                complaints = complaints.Add(Animated);
            }

            if (length > rest.Length - 12)
            {
                break;
            }

            rest = rest[(12 + (int)length)..];
        }

        return complaints.Add(CutOff);
    }

    private static ImmutableArray<string> Jpeg(ReadOnlySpan<byte> rest)
    {
        ImmutableArray<string> complaints = [];
        while (rest.Length >= 4)
        {
            var marker = rest.IndexOf((byte)0xFF);
            if (marker < 0)
            {
                break;
            }

            if (marker > 0 && complaints.IsEmpty)
            {
                complaints = [Stray];
            }

            rest = rest[marker..];
            if (rest.Length < 4 || rest[1] == 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (length < 2 || length + 2 > rest.Length)
            {
                break;
            }

            if (rest[1] == 0xDA)
            {
                // From the start of the scan on there are pixels, in one part or more, up to the end marker.
                return rest.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 ? complaints : complaints.Add(CutOff);
            }

            rest = rest[(2 + length)..];
        }

        return complaints.Add(CutOff);
    }
}
