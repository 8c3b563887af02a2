using System.Globalization;

namespace BlueEdge.Soak.Parts;

/// <summary>What /proc says of a process.</summary>
internal static class ProcessFiles
{
    private const int Started = 19;

    /// <summary>Whether it is there, and more than a zombie.</summary>
    /// <param name="id">The process's id.</param>
    /// <param name="start">When it started, which tells it from a later one with that id; <see langword="null"/> for any.</param>
    public static bool Runs(string id, string? start)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is not ("Z" or "X") && (start is null || fields[Started] == start);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static long? ReadMemory(string id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
            return line is null ? null : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
