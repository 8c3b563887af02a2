using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Video.Processes;

/// <summary>Says why ffmpeg did not do its work, as the end of a sentence.</summary>
internal static partial class FfmpegFailure
{
    // Above this the code is that of a signal.
    private const int LastOwnCode = 127;

    public static string Explain(int exitCode, FfmpegWords words, bool hasStalled, VideoOptions options)
    {
        if (hasStalled)
        {
            return $"ffmpeg did nothing with it for {options.StallSeconds} s (BlueEdge:Video:StallSeconds).{Said(words)}";
        }

        if (words.Find("exceeds specified max pixel count") is { } size)
        {
            return $"has frames of {Dimensions().Match(size)} pixels; at most {options.MaxMegapixels} million are allowed (BlueEdge:Video:MaxMegapixels). Send it smaller.";
        }

        if (words.Find("matches no streams") is not null)
        {
            return "has no video in it; send a film that has.";
        }

        return exitCode > LastOwnCode || words.Find("memory") is not null
            ? $"ffmpeg was killed or broke down (exit code {exitCode}); it may take {options.ToolMegabytes} MB (BlueEdge:Video:ToolMegabytes) and "
                + $"{options.ProcessorSeconds} s of the processor (BlueEdge:Video:ProcessorSeconds).{Said(words)}"
            : $"ffmpeg gave it up (exit code {exitCode}).{Said(words)}";
    }

    private static string Said(FfmpegWords words) => words.Complains ? $" It said: {words}" : " It said nothing.";

    [GeneratedRegex("[0-9]+x[0-9]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Dimensions();
}
