using System.Text.Json.Serialization;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A former attempt of a session that ran again.</summary>
internal sealed record AttemptResponse
{
    /// <summary>Its number, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why it ended.</summary>
    public required string Reason { get; init; }

    /// <summary>When it ended.</summary>
    [JsonPropertyName("ended_at")]
    public required DateTimeOffset EndedAt { get; init; }

    public static AttemptResponse From(AttemptSnapshot attempt) =>
        new() { Attempt = attempt.Epoch, Reason = attempt.Reason, EndedAt = attempt.EndedAt };
}
