using System.Text;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>One field of a protobuf message, as its wire format has it.</summary>
internal readonly record struct ProtoField(int Number, ReadOnlyMemory<byte> Bytes, ulong Value)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    /// <summary>The fields of the message within.</summary>
    public IEnumerable<ProtoField> Fields => Read(Bytes);

    public static IEnumerable<ProtoField> Read(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = ReadNumber(ref message);
            var (number, kind) = ((int)(tag >> 3), (int)(tag & 7));
            switch (kind)
            {
                case 0:
                    yield return new(number, default, ReadNumber(ref message));
                    break;
                case 1 or 5:
                    yield return new(number, Take(ref message, kind is 1 ? 8 : 4), 0);
                    break;
                case 2:
                    yield return new(number, Take(ref message, (int)ReadNumber(ref message)), 0);
                    break;
                default:
                    throw new InvalidDataException($"A field of kind {kind} is none of protobuf 3's.");
            }
        }
    }

    private static ulong ReadNumber(ref ReadOnlyMemory<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = rest.Span[0];
            rest = rest[1..];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
