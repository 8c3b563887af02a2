using System.Text;
using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Video.Processes;

/// <summary>What ffmpeg says on its standard error: the first and the last lines, for a broken film can bring forth megabytes of them.</summary>
internal sealed partial class FfmpegWords
{
    private const int Lines = 6;
    private const int LineLength = 240;

    private readonly List<string> _first = [];
    private readonly Queue<string> _last = [];
    private int _complaints;

    /// <summary>How many lines are about something that is wrong.</summary>
    public bool Complains => _complaints > 0;

    /// <summary>Reads to the end, so that the writer never blocks.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        var line = new StringBuilder();
        var buffer = new char[1024];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            foreach (var letter in buffer.AsSpan(0, count))
            {
                if (letter is '\n' or '\r')
                {
                    Take(line);
                }
                else if (line.Length < LineLength)
                {
                    line.Append(letter);
                }
            }
        }

        Take(line);
    }

    /// <summary>Whether one of the lines has these words.</summary>
    public string? Find(string words) => _first.Concat(_last).FirstOrDefault(line => line.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>The lines about something that is wrong, on one.</summary>
    public override string ToString()
    {
        string[] lines = [.. _first, .. _complaints > _first.Count + _last.Count ? ["…"] : Array.Empty<string>(), .. _last];
        return string.Join(" | ", lines);
    }

    private void Take(StringBuilder line)
    {
        var text = Addresses().Replace(line.ToString().Trim(), "");
        line.Clear();
        if (!IsComplaint(text))
        {
            return;
        }

        _complaints++;
        if (_first.Count < Lines)
        {
            _first.Add(text);
            return;
        }

        _last.Enqueue(text);
        if (_last.Count > Lines)
        {
            _last.Dequeue();
        }
    }

    /// <summary>Of its warnings only those about what it was given: the others are about how it goes about it.</summary>
    private static bool IsComplaint(string line) =>
        line.Contains("[error]", StringComparison.Ordinal)
        || line.Contains("[fatal]", StringComparison.Ordinal)
        || line.Contains("[panic]", StringComparison.Ordinal)
        || (line.Contains("[warning]", StringComparison.Ordinal) && line.Contains("corrupt", StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(" @ 0x[0-9a-f]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();
}
