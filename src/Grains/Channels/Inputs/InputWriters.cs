namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>The writers of a channel that this activation has heard of.</summary>
internal sealed class InputWriters
{
    /// <summary>Writers that a channel has at most: the log keeps a number for each.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<string, InputWriter> _writers = new(StringComparer.Ordinal);

    /// <summary>The writer of a name; <see langword="null"/> where it would be one too many.</summary>
    public InputWriter? Find(string name)
    {
        if (!_writers.TryGetValue(name, out var writer) && _writers.Count < Most)
        {
            _writers.Add(name, writer = new());
        }

        return writer;
    }
}
