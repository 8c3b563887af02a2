using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Where a session stands.</summary>
internal sealed record ProcessResponse
{
    /// <summary>pending, queuing, processing, stopping, finished, failed or canceled; the last three are final.</summary>
    public required string Status { get; init; }

    /// <summary>Its place among those that wait, 1 for the next; 0 where it does not wait.</summary>
    [JsonPropertyName("current_position")]
    public required int CurrentPosition { get; init; }

    /// <summary>Sessions that wait for the engine it waits for longest, itself included.</summary>
    [JsonPropertyName("total_pending")]
    public required int TotalPending { get; init; }

    /// <summary>Sessions that have that engine's slots and whose engines prepare.</summary>
    [JsonPropertyName("total_queuing")]
    public required int TotalQueuing { get; init; }

    /// <summary>Why it failed or was canceled.</summary>
    public string? Reason { get; init; }

    /// <summary>Its engines, in the order of the request.</summary>
    public required ImmutableArray<NodeResponse> Engines { get; init; }

    /// <summary>The engines it waits for.</summary>
    [JsonPropertyName("waits_for")]
    public ImmutableArray<ShortageResponse>? WaitsFor { get; init; }

    /// <summary>When it was accepted.</summary>
    [JsonPropertyName("submitted_at")]
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it reached its final status.</summary>
    [JsonPropertyName("ended_at")]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The running or last attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Why former attempts ended.</summary>
    [JsonPropertyName("former_attempts")]
    public ImmutableArray<AttemptResponse>? FormerAttempts { get; init; }

    public static ProcessResponse From(SessionSnapshot session) => new()
    {
        Status = SessionStatusNames.Of(session.Status),
        CurrentPosition = session.Position?.Current ?? 0,
        TotalPending = session.Position?.TotalPending ?? 0,
        TotalQueuing = session.Position?.TotalQueuing ?? 0,
        Reason = session.Reason,
        Engines = [.. session.Nodes.Select(NodeResponse.From)],
        WaitsFor = session.Position is { WaitsFor: { IsDefaultOrEmpty: false } waitsFor } ? [.. waitsFor.Select(ShortageResponse.From)] : null,
        SubmittedAt = session.SubmittedAt,
        EndedAt = session.EndedAt,
        Attempt = session.Epoch,
        FormerAttempts = session.FormerAttempts.IsDefaultOrEmpty ? null : [.. session.FormerAttempts.Select(AttemptResponse.From)],
    };
}
