using System.Buffers.Binary;

namespace BlueEdge.Samples.Video.Containers;

/// <summary>What a fragment's box <c>moof</c> says of its one track (ISO/IEC 14496-12, 8.8).</summary>
/// <param name="Time">When its first sample is decoded, in the track's units.</param>
/// <param name="Samples">How many it has.</param>
/// <param name="Duration">How long all are together, in the track's units.</param>
internal sealed record MovieFragment(long Time, int Samples, long Duration)
{
    private const int DefaultDuration = 0x08;

    /// <param name="moof">The box's body.</param>
    public static MovieFragment Read(ReadOnlySpan<byte> moof)
    {
        var track = Body(moof, "traf");
        var time = Body(track, "tfdt");
        var at = time[0] == 1 ? BinaryPrimitives.ReadInt64BigEndian(time[4..]) : BinaryPrimitives.ReadUInt32BigEndian(time[4..]);
        var run = Body(track, "trun");
        var flags = BinaryPrimitives.ReadInt32BigEndian(run) & 0xFFFFFF;
        var samples = BinaryPrimitives.ReadInt32BigEndian(run[4..]);
        return new(at, samples, (flags & 0x100) == 0 ? samples * Default(Body(track, "tfhd")) : Sum(run, flags, samples));
    }

    private static long Default(ReadOnlySpan<byte> header)
    {
        var flags = BinaryPrimitives.ReadInt32BigEndian(header) & 0xFFFFFF;
        var at = 8 + ((flags & 0x01) != 0 ? 8 : 0) + ((flags & 0x02) != 0 ? 4 : 0);
        return (flags & DefaultDuration) != 0 ? BinaryPrimitives.ReadUInt32BigEndian(header[at..]) : 0;
    }

    /// <summary>Each sample's duration is the first of what the run says of it.</summary>
    private static long Sum(ReadOnlySpan<byte> run, int flags, int samples)
    {
        var at = 8 + ((flags & 0x01) != 0 ? 4 : 0) + ((flags & 0x04) != 0 ? 4 : 0);
        var length = 4 * int.PopCount(flags & 0xF00);
        var sum = 0L;
        for (var i = 0; i < samples; i++)
        {
            sum += BinaryPrimitives.ReadUInt32BigEndian(run[(at + (i * length))..]);
        }

        return sum;
    }

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> boxes, string type)
    {
        while (boxes.Length >= BoxHeader.Wanted(boxes) && BoxHeader.Read(boxes) is { BodyLength: { } length } box)
        {
            var body = boxes.Slice(box.HeaderLength, (int)length);
            if (string.Equals(box.Type, type, StringComparison.Ordinal))
            {
                return body;
            }

            boxes = boxes[(box.HeaderLength + body.Length)..];
        }

        throw new InvalidDataException($"ffmpeg wrote a fragment without {type}.");
    }
}
