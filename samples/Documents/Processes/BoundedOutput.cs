namespace BlueEdge.Samples.Documents.Processes;

internal static class BoundedOutput
{
    /// <summary>Reads to the end; null, and the run is cancelled, where there is more than <paramref name="most"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int most, CancellationTokenSource run)
    {
        using var buffer = new MemoryStream();
        var part = new byte[64 * 1024];
        int count;
        while ((count = await stream.ReadAsync(part)) > 0)
        {
            if (buffer.Length + count > most)
            {
                await run.CancelAsync();
                return null;
            }

            buffer.Write(part, 0, count);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
