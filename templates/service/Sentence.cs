namespace TextService;

/// <summary>What is to be counted.</summary>
internal sealed record Sentence(string Text);
