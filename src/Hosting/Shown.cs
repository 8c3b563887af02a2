namespace BlueEdge.Hosting;

/// <summary>What a caller sent, fit to be shown in a message.</summary>
public static class Shown
{
    private const int Longest = 64;

    /// <summary>At most 64 characters of it, on one line, with an ellipsis where it is cut.</summary>
    public static string Short(string text)
    {
        var shown = text.Length <= Longest ? text : $"{text.AsSpan(0, Longest)}…";
        return string.Create(shown.Length, shown, static (target, source) =>
        {
            for (var place = 0; place < source.Length; place++)
            {
                target[place] = char.IsControl(source[place]) || char.IsSurrogate(source[place]) ? '?' : source[place];
            }
        });
    }
}
