using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace BlueEdge.Gateway.Sockets.Frames;

/// <summary>What each binary frame begins with: 24 bytes, numbers little-endian, the metadata and the content behind them. Pure.</summary>
/// <remarks>Version (1 byte), flags (1), channel (2), epoch (4), sequence (8), the metadata's length (4), and 4 that are 0.</remarks>
/// <param name="Flags">What it says of its item.</param>
/// <param name="Channel">The channel's number on this socket.</param>
/// <param name="Epoch">The attempt that wrote the item; 0 where a client writes.</param>
/// <param name="Sequence">The item's offset in that attempt, or its number among all that the writer writes to the channel.</param>
/// <param name="MetadataLength">Bytes of JSON that follow.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FrameHeader(FrameFlags Flags, byte Channel, int Epoch, long Sequence, int MetadataLength)
{
    public const int Size = 24;

    /// <summary>Bytes of metadata that a client may send.</summary>
    public const int MostMetadata = 4_096;

    /// <summary>Bytes of content that a frame may have.</summary>
    public const int MostContent = 1024 * 1024;

    private const byte Version = 1;

    /// <summary>Reads the header at the begin of what a client sent.</summary>
    /// <param name="frame">The frame's first bytes.</param>
    /// <param name="fault">Why it is none; empty where it is one.</param>
    public static FrameHeader Parse(ReadOnlySpan<byte> frame, out string fault)
    {
        if (frame.Length < Size)
        {
            fault = $"A binary frame has a header of {Size} bytes; this one ends after {frame.Length}.";
            return default;
        }

        var channel = BinaryPrimitives.ReadUInt16LittleEndian(frame[2..]);
        var epoch = BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]);
        var sequence = BinaryPrimitives.ReadUInt64LittleEndian(frame[8..]);
        var metadata = BinaryPrimitives.ReadUInt32LittleEndian(frame[16..]);
        fault = frame[0] != Version ? $"The header's version is {frame[0]}; it has to be {Version}."
            : (frame[1] & ~(byte)(FrameFlags.More | FrameFlags.Reference)) != 0 ? $"The header's flags are {frame[1]}; they are 1 (more follows) and 2 (by reference)."
            : frame[1] == (byte)(FrameFlags.More | FrameFlags.Reference) ? "The header's flags are 3; of an item by reference nothing follows."
            : channel is 0 or > byte.MaxValue ? $"The header's channel is {channel}; channels are 1 to {byte.MaxValue}."
            : epoch > int.MaxValue ? $"The header's epoch is {epoch}; that is no attempt."
            : sequence >= long.MaxValue ? $"The header's sequence is {sequence}, which is too large."
            : metadata > MostMetadata ? $"The header's metadata length is {metadata}; at most {MostMetadata} are allowed."
            : BinaryPrimitives.ReadUInt32LittleEndian(frame[20..]) != 0 ? "The header's last four bytes have to be 0."
            : "";
        return fault is "" ? new((FrameFlags)frame[1], (byte)channel, (int)epoch, (long)sequence, (int)metadata) : default;
    }

    /// <summary>Writes it to the first bytes.</summary>
    public void Write(Span<byte> frame)
    {
        (frame[0], frame[1]) = (Version, (byte)Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[2..], Channel);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], Sequence);
        BinaryPrimitives.WriteInt32LittleEndian(frame[16..], MetadataLength);
        BinaryPrimitives.WriteInt32LittleEndian(frame[20..], 0);
    }
}
