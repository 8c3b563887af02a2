using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>Names of languages as tesseract has them: <c>eng</c>, <c>deu</c>, several as <c>eng+deu</c>.</summary>
internal static partial class OcrLanguage
{
    public const string Default = "eng";

    /// <summary>Refuses what is no language's name: tesseract makes a file's path of it.</summary>
    public static string Check(string language) => Name().IsMatch(language)
        ? language
        : throw new DocumentException(
            $"\"{language}\" is not a language of tesseract; give its name, such as eng, or several, such as eng+deu.");

    /// <summary>Throws where the tool says that it lacks a language. It goes on without it, and ends well, where others are left.</summary>
    public static void ThrowIfMissing(string error)
    {
        if (FailedLoading().Match(error) is { Success: true } match)
        {
            var language = match.Groups["language"].Value;
            throw new DocumentException(
                $"tesseract has no language \"{language}\" on this machine. Install it with: "
                + $"apt-get install tesseract-ocr-{language.Replace('_', '-')}");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("Failed loading language '(?<language>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FailedLoading();
}
