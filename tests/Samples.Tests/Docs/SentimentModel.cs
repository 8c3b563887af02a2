namespace Words;

/// <summary>What is expensive to make. One for the process, used by all sessions at once.</summary>
public sealed class SentimentModel
{
    private readonly HashSet<string> _good = new(["good", "fine", "great"], StringComparer.OrdinalIgnoreCase);

    public double Score(string text) => text.Split(' ') is var words ? (double)words.Count(_good.Contains) / words.Length : 0;
}
