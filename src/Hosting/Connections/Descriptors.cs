using System.Globalization;

namespace BlueEdge.Hosting.Connections;

/// <summary>The process's file descriptors. A process that runs out of them can neither accept nor open anything, and may abort.</summary>
internal static class Descriptors
{
    private const string Limits = "/proc/self/limits";
    private const string Open = "/proc/self/fd";

    /// <summary>What a process of ours has open before its first caller, its program's files above all, and some to work with.</summary>
    private const int Least = 384;

    /// <exception cref="BlueEdgeException">The process may open too few to do anything.</exception>
    public static void Check()
    {
        if (Limit() is var limit && limit < Least)
        {
            throw new BlueEdgeException(
                $"This process may have {limit} files and connections open at once, and needs {Least} and one more for each connection: raise its limit of file descriptors (ulimit -n, LimitNOFILE=).");
        }
    }

    /// <summary>How many more it may open; the runtime has raised the limit as far as the system allows. Plenty where it cannot be told.</summary>
    public static int Left()
    {
        try
        {
            return Directory.Exists(Open) ? Math.Max(0, Limit() - Directory.GetFiles(Open).Length) : int.MaxValue;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return int.MaxValue;
        }
    }

    private static int Limit()
    {
        try
        {
            return File.Exists(Limits) ? LimitIn(File.ReadLines(Limits)) : int.MaxValue;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return int.MaxValue;
        }
    }

    /// <summary>The soft limit, of a line such as <c>Max open files 1024 524288 files</c>.</summary>
    public static int LimitIn(IEnumerable<string> lines) =>
        lines.FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal))?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..]
        && int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? limit
            : int.MaxValue;
}
