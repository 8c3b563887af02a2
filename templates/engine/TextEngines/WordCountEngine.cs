using BlueEdge;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace TextEngines;

/// <summary>Counts words: Text <c>{"text": "to be"}</c> gives Count <c>{"words": 2}</c>.</summary>
[Engine("word-count", Slots = 4)]
[Input("Text", ChannelType.Json, Description = "{\"text\": what to count}")]
[Output("Count", ChannelType.Json, Description = "{\"words\": how many}")]
public sealed class WordCountEngine : EngineGrain
{
    private static readonly char[] Separators = [' ', '\n', '\t'];

    /// <inheritdoc/>
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var text = input.Json<Sentence>("Text").Text ?? throw new BlueEdgeException("Text wants {\"text\": \"…\"}.");
        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Length;
        await Output("Count").WriteAsync(new { words }, cancellationToken);
    }

    private sealed record Sentence(string? Text);
}
