using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace BlueEdge.Silo.Tests.Processes;

/// <summary>
/// Secrets of tests, all with one word in them, and a look at what processes write: a line with the word in it, or with any secret to
/// sign with or key of the API, shows a secret. scripts/test looks for the same in all that a suite writes.
/// </summary>
public static partial class Canaries
{
    /// <summary>To sign webhooks with.</summary>
    public const string Secret = "whsec_CanaryMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r";

    /// <summary>Another.</summary>
    public const string OtherSecret = "whsec_CanaryX7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yKx0T";

    /// <summary>A bootstrap key.</summary>
    public const string Key = "be_CanaryX7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yKw0";

    /// <summary>The value of a caller's header.</summary>
    public const string Header = "Bearer canary-7f3a9";

    /// <summary>The lines that show a secret; a test fails for one.</summary>
    public static void RequireNone(IEnumerable<string> lines, string of)
    {
        var shown = lines.Where(line => Shown().IsMatch(line)).Take(3).ToList();
        Assert.True(shown is [], $"A log shows a secret ({of}):\n{string.Join('\n', shown)}");
    }

    /// <summary>The same of files, which may be written to meanwhile.</summary>
    public static void RequireNoneIn(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            RequireNone(Lines(reader), file);
        }

        static IEnumerable<string> Lines(StreamReader reader)
        {
            while (reader.ReadLine() is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Keeps of what is written the lines that show a secret: a process may write more than anybody keeps.</summary>
    public static void Note(string line, ConcurrentQueue<string> shown)
    {
        if (Shown().IsMatch(line))
        {
            shown.Enqueue(line);
        }
    }

    [GeneratedRegex("canary|whsec_[A-Za-z0-9+/]{8}|be_[A-Za-z0-9_-]{43}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Shown();
}
