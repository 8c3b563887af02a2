using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlueEdge.Samples.Documents.Ocr;

/// <summary>Names of languages as tesseract has them: <c>eng</c>, <c>deu</c>, several as <c>eng+deu</c>.</summary>
internal static partial class OcrLanguage
{
    public const string Default = "eng";

    private const int LongestName = 100;

    /// <summary>Refuses what is no language's name: tesseract makes a file's path of it.</summary>
    public static string Check(string language) => language.Length <= LongestName && Name().IsMatch(language)
        ? language
        : throw new DocumentException(
            $"\"{Shown(language)}\" is not a language of tesseract; give its name, such as eng, or several, such as eng+deu.");

    /// <summary>What Control names: <c>"language": "eng+deu"</c>, or <c>"languages": ["eng", "deu"]</c>; null where it names none.</summary>
    public static string? Parse(JsonElement control) => (ControlMembers.Find(control, "language"), ControlMembers.Find(control, "languages")) switch
    {
        (null, null) => null,
        ({ ValueKind: JsonValueKind.String } one, null) => Check(one.GetString()!), // Not null: it is a string.
        (null, { ValueKind: JsonValueKind.String } one) => Check(one.GetString()!),
        (null, { ValueKind: JsonValueKind.Array } several) when several.GetArrayLength() > 0 && several.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String) =>
            Check(string.Join('+', several.EnumerateArray().Select(name => name.GetString()))),
        (not null, not null) => throw new DocumentException("Control has \"language\" and \"languages\"; send one of them."),
        var (one, several) => throw new DocumentException(
            $"{(one is null ? "languages" : "language")} is {ControlMembers.Shown((one ?? several)!.Value)}; it must be a name such as \"eng\", several such as \"eng+deu\", or as languages a list of names."),
    };

    /// <summary>The language that the tool says it lacks. It goes on without it, and ends well, where others are left.</summary>
    public static string? Missing(string error) => FailedLoading().Match(error) is { Success: true } match ? match.Groups["language"].Value : null;

    private static string Shown(string language) => language.Length <= LongestName ? language : language[..LongestName] + "…";

    [GeneratedRegex(@"\A[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("Failed loading language '(?<language>[^']+)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FailedLoading();
}
