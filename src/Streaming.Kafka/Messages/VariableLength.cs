namespace Streaming.Kafka.Messages;

/// <summary>Unsigned numbers of 7 bits a byte, lowest first; the high bit says that more follow.</summary>
internal static class VariableLength
{
    public const int MaxBytes = 5;

    public static int Write(Span<byte> target, uint value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            target[length++] = (byte)(value | 0x80);
        }

        target[length++] = (byte)value;
        return length;
    }

    /// <exception cref="FormatException">The bytes end within the number, or the number is too large.</exception>
    public static uint Read(ref ReadOnlySpan<byte> source)
    {
        uint value = 0;
        for (var i = 0; i < MaxBytes && i < source.Length; i++)
        {
            value |= (uint)(source[i] & 0x7F) << (7 * i);
            if (source[i] < 0x80)
            {
                source = source[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("A number of the envelope does not end.");
    }
}
