using System.Text.Json;

namespace BlueEdge.Samples.Video.Encoding;

/// <summary>What <c>video-encode</c> takes on Control, before the first frame.</summary>
/// <param name="Rate">Frames a second, for those that do not say their time, and as what players are told.</param>
/// <param name="Crf">x264's scale of quality, from 0, the best, to 51.</param>
/// <param name="FragmentSeconds">How long a fragment is; each begins with a key frame.</param>
internal sealed record EncodeSettings(double Rate, int Crf, double FragmentSeconds)
{
    public static EncodeSettings Default { get; } = new(25, 23, 1);

    /// <summary>These settings with what the message changes.</summary>
    /// <exception cref="BlueEdgeException">The message says what is wrong.</exception>
    public EncodeSettings With(JsonElement control) => new(
        ControlMembers.Number(control, "rate", 1, 240) ?? Rate,
        (int?)ControlMembers.Number(control, "crf", 0, 51) ?? Crf,
        ControlMembers.Number(control, "fragmentSeconds", 0.1, 30) ?? FragmentSeconds);

    /// <summary>What to say of members that are not read; null where there are none.</summary>
    public static string? Unknown(JsonElement control) => ControlMembers.Unknown(control, "rate", "crf", "fragmentSeconds");
}
