using System.Globalization;
using System.Runtime.InteropServices;

namespace Streaming.Kafka.Messages;

/// <summary>
/// What a message says about its value, in one header, so that the value is nothing but the events, one after the other:
/// version, length and bytes of the stream's namespace and key, how many events, for each its length and whether it is raw,
/// then the request context where there is one.
/// </summary>
/// <param name="Stream">The stream.</param>
/// <param name="Count">How many events the value holds.</param>
/// <param name="Lengths">For each event, twice its length, and 1 more where it is raw.</param>
/// <param name="Context">The request context as Orleans serialized it; empty where there is none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Envelope(StreamId Stream, int Count, ReadOnlyMemory<byte> Lengths, ReadOnlyMemory<byte> Context)
{
    /// <summary>The header's name.</summary>
    public const string Header = "stream-envelope";

    private const byte Version = 1;

    public static byte[] Write(StreamId stream, IReadOnlyList<EventBytes> events, ReadOnlyMemory<byte> context)
    {
        var most = 1 + ((3 + events.Count) * VariableLength.MaxBytes) + stream.FullKey.Length + context.Length;
        var buffer = most <= 512 ? stackalloc byte[512] : new byte[most];
        buffer[0] = Version;
        var length = 1;
        foreach (var part in (ReadOnlySpan<ReadOnlyMemory<byte>>)[stream.Namespace, stream.Key])
        {
            length += VariableLength.Write(buffer[length..], (uint)part.Length);
            part.Span.CopyTo(buffer[length..]);
            length += part.Length;
        }

        length += VariableLength.Write(buffer[length..], (uint)events.Count);
        foreach (var each in events)
        {
            length += VariableLength.Write(buffer[length..], ((uint)each.Bytes.Length << 1) | (each.IsRaw ? 1u : 0u));
        }

        context.Span.CopyTo(buffer[length..]);
        return buffer[..(length + context.Length)].ToArray();
    }

    /// <summary>Reads a header.</summary>
    /// <param name="header">The header's value.</param>
    /// <param name="valueLength">How long the message's value is.</param>
    /// <param name="likely">The stream that it probably is; saves making it again.</param>
    /// <exception cref="FormatException">It was not written by this provider, or by a newer one.</exception>
    public static Envelope Read(byte[] header, int valueLength, StreamId likely)
    {
        ReadOnlySpan<byte> rest = header;
        if (rest.IsEmpty || rest[0] != Version)
        {
            throw new FormatException($"The envelope has version {(rest.IsEmpty ? "none" : rest[0].ToString(CultureInfo.InvariantCulture))}; this provider reads version {Version}.");
        }

        rest = rest[1..];
        var name = ReadBytes(ref rest);
        var key = ReadBytes(ref rest);
        var stream = likely.Key.Span.SequenceEqual(key) && likely.Namespace.Span.SequenceEqual(name) ? likely : StreamId.Create(name, key);
        var count = (int)VariableLength.Read(ref rest);
        var lengths = header.AsMemory(header.Length - rest.Length);
        long total = 0;
        for (var i = 0; i < count; i++)
        {
            total += VariableLength.Read(ref rest) >> 1;
        }

        return total == valueLength
            ? new(stream, count, lengths[..^rest.Length], header.AsMemory(header.Length - rest.Length))
            : throw new FormatException($"The envelope speaks of {total} bytes; the message has {valueLength}.");
    }

    private static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> source)
    {
        var length = VariableLength.Read(ref source);
        if (length > source.Length)
        {
            throw new FormatException("The envelope ends within the stream's name.");
        }

        var bytes = source[..(int)length];
        source = source[(int)length..];
        return bytes;
    }
}
