using System.Buffers;

namespace BlueEdge.Outbound.Http;

/// <summary>Reads what a stranger sends.</summary>
internal static class BoundedBody
{
    /// <summary>The first bytes of a stream, and whether there are more: one byte more is read to know.</summary>
    /// <param name="stream">What to read from.</param>
    /// <param name="most">Bytes to read at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool IsCut)> ReadAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(most + 1);
        try
        {
            var read = await stream.ReadAtLeastAsync(buffer.AsMemory(0, most + 1), most + 1, throwOnEndOfStream: false, cancellationToken);
            return (buffer.AsSpan(0, Math.Min(read, most)).ToArray(), read > most);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
