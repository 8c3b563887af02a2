using System.Text.Json;

namespace BlueEdge.Samples.Video.Decoding;

/// <summary>What <c>video-decode</c> takes on Control; it counts for the films that begin after it.</summary>
/// <param name="Quality">How much of a frame its JPEG keeps, from 1 to 100.</param>
internal sealed record DecodeSettings(int Quality)
{
    // ffmpeg's own scale of JPEG goes from 2, the best, to 31.
    private const int BestScale = 2;
    private const int WorstScale = 31;

    public static DecodeSettings Default { get; } = new(90);

    /// <summary>The quality as ffmpeg counts it.</summary>
    public int Scale => BestScale + ((100 - Quality) * (WorstScale - BestScale) / 99);

    /// <summary>These settings with what the message changes.</summary>
    /// <exception cref="BlueEdgeException">The message says what is wrong.</exception>
    public DecodeSettings With(JsonElement control) => new((int?)ControlMembers.Number(control, "quality", 1, 100) ?? Quality);

    /// <summary>What to say of members that are not read; null where there are none.</summary>
    public static string? Unknown(JsonElement control) => ControlMembers.Unknown(control, "quality");
}
