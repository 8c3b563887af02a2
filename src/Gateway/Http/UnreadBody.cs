namespace BlueEdge.Gateway.Http;

/// <summary>
/// Reads over the rest of a body that was refused before it came. Many clients look for the answer only once they have sent all,
/// and on a busy network the server's own five seconds for that are short: they would be told of a broken connection.
/// </summary>
internal static class UnreadBody
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends the answer, then reads; a caller that goes on for longer, or too slowly, is cut off.</summary>
    public static async Task SkipAsync(HttpContext http, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        try
        {
            await http.Response.CompleteAsync();
            for (var isOver = false; !isOver;)
            {
                var read = await http.Request.BodyReader.ReadAsync(both.Token);
                http.Request.BodyReader.AdvanceTo(read.Buffer.End);
                isOver = read.IsCompleted;
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The answer is on its way; more cannot be done.
        }
    }
}
