using BlueEdge.Grains.Webhooks;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>A session that somebody listens to.</summary>
/// <param name="SessionId">Its id.</param>
/// <param name="SubmittedAt">When it was submitted: once it is forgotten its id can be used again.</param>
/// <param name="Spec">Its spec, as it is stored.</param>
/// <param name="Trace">The place of its submission in its trace; <see langword="null"/> where none is kept.</param>
/// <param name="Told">The number of the last event that those who listen have taken; those between it and what comes now are lost.</param>
internal sealed record ListenedSession(string SessionId, DateTimeOffset SubmittedAt, SessionSpec Spec, string? Trace, long Told)
{
    /// <summary>Whether it was created just now, and this is the first time that anybody hears of it.</summary>
    public bool IsUnheard { get; init; }

    /// <summary>Whether nothing is known to have been written to its channels, as <see cref="SessionState.IsUnwritten"/> says.</summary>
    public bool IsUnwritten { get; init; }

    /// <summary>The states of webhooks that are done with, by their places in the spec: whoever listens adds them, and the session stores them.</summary>
    public Dictionary<int, WebhookState> ClosedWebhooks { get; init; } = [];
}
