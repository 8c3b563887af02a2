using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BlueEdge.Bench.Pictures;

/// <summary>Makes one pixel of four.</summary>
internal static class Halving
{
    public static byte[] Apply(ReadOnlySpan<byte> pixels, I420Size size)
    {
        var half = size.Half;
        var halved = GC.AllocateUninitializedArray<byte>(half.Bytes);
        var from = pixels;
        var to = halved.AsSpan();
        Plane(ref from, size.Width, size.Height, ref to, half.Width, half.Height);
        for (var colour = 0; colour < 2; colour++)
        {
            Plane(ref from, size.Colours.Width, size.Colours.Height, ref to, half.Colours.Width, half.Colours.Height);
        }

        return halved;
    }

    private static void Plane(ref ReadOnlySpan<byte> from, int width, int height, ref Span<byte> to, int halfWidth, int halfHeight)
    {
        for (var y = 0; y < halfHeight; y++)
        {
            Row(from.Slice(2 * y * width, width), from.Slice(Math.Min((2 * y) + 1, height - 1) * width, width), to.Slice(y * halfWidth, halfWidth));
        }

        from = from[(width * height)..];
        to = to[(halfWidth * halfHeight)..];
    }

    private static void Row(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> to)
    {
        var x = 0;
        for (; x + Vector128<byte>.Count <= to.Length && 2 * (x + Vector128<byte>.Count) <= upper.Length; x += Vector128<byte>.Count)
        {
            Vector128.Narrow(Sums(upper, lower, 2 * x), Sums(upper, lower, (2 * x) + Vector128<byte>.Count)).StoreUnsafe(ref MemoryMarshal.GetReference(to), (nuint)x);
        }

        for (; x < to.Length; x++)
        {
            var right = Math.Min((2 * x) + 1, upper.Length - 1);
            to[x] = (byte)((upper[2 * x] + upper[right] + lower[2 * x] + lower[right] + 2) / 4);
        }
    }

    /// <summary>Of eight squares of four pixels, each one's mean.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Sums(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int at)
    {
        var above = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(upper), (nuint)at).AsUInt16();
        var below = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(lower), (nuint)at).AsUInt16();
        var low = Vector128.Create<ushort>(0xFF);
        var sum = (above & low) + (above >>> 8) + (below & low) + (below >>> 8);
        return (sum + Vector128.Create<ushort>(2)) >>> 2;
    }
}
