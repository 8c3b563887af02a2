namespace Words;

internal sealed record Review(string Text);
