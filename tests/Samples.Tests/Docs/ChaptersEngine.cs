using System.Globalization;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Cuts each book into its chapters, which keep the book's key.</summary>
[Engine("chapters")]
[Input("Book", ChannelType.Json)]
[Output("Chapter", ChannelType.Json)]
[Output("Shelf", ChannelType.Json)]
public sealed class ChaptersEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var chapters = input.Json<string[]>("Book");
        foreach (var (number, text) in chapters.Index())
        {
            var tags = text.Length > 1_000 ? ["long"] : Array.Empty<string>();
            await Output("Chapter").With(new() { Tags = tags, Attributes = new { number } }).WriteAsync(text, cancellationToken);
        }

        var shelf = input.Key ?? input.Sequence.ToString(CultureInfo.InvariantCulture);
        await Output("Shelf").With(new() { Key = shelf }).WriteAsync(input.Payload, cancellationToken);
    }
}
