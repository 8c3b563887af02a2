using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Results;

/// <summary>Reads what a session's channels have so far, through all pages.</summary>
internal sealed class ResultReader(ToolCall call, string sessionId)
{
    public string SessionId => sessionId;

    /// <param name="channel">The channel to read, or <see langword="null"/> for all, one after another.</param>
    public async IAsyncEnumerable<ResultItem> ReadAsync(string? channel)
    {
        var first = await call.Api.ReadResultsAsync(sessionId, channel, offset: 0, call.Token);
        foreach (var (name, items) in first.Results)
        {
            foreach (var (place, item) in items.Index())
            {
                yield return new(name, place, item);
            }

            for (var next = first.Paging.GetValueOrDefault(name)?.Next; next is { } offset;)
            {
                var page = await call.Api.ReadResultsAsync(sessionId, name, offset, call.Token);
                foreach (var (place, item) in page.Results[name].Index())
                {
                    yield return new(name, offset + place, item);
                }

                next = page.Paging.GetValueOrDefault(name)?.Next;
            }
        }
    }

    /// <summary>Opens what is too large for an answer.</summary>
    public Task<HttpResponseMessage> OpenAsync(ResultItem item) =>
        call.Api.OpenItemAsync(sessionId, item.Channel, item.Index, call.Token);
}
