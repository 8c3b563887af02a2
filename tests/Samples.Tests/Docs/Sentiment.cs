namespace Words;

internal sealed record Sentiment(double Score);
