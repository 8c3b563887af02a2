using System.Text;

namespace BlueEdge.Samples.Tools;

internal static class BoundedText
{
    /// <summary>Enough for the first complaints, which name the cause; a broken PDF can bring forth megabytes of them.</summary>
    public const int MaxCharacters = 4096;

    /// <summary>Reads to the end, so that the writer never blocks, and keeps the beginning.</summary>
    public static async Task<string> ReadAsync(TextReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0)
        {
            text.Append(buffer, 0, Math.Min(count, MaxCharacters - text.Length));
        }

        return text.ToString().Trim();
    }
}
