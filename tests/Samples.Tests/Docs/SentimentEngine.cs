using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

[Engine("sentiment", Slots = 8)]
[Input("Review", ChannelType.Json)]
[Output("Score", ChannelType.Json)]
public sealed class SentimentEngine(SentimentModel model) : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var review = input.Json("Review", WordJson.Default.Review);
        var sentiment = new Sentiment(model.Score(review.Text));
        await Output("Score").WriteAsync(sentiment, WordJson.Default.Sentiment, cancellationToken);
    }
}
