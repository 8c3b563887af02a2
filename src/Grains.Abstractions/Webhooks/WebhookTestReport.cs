using System.Collections.Immutable;
using BlueEdge.Validation;

namespace BlueEdge.Webhooks;

/// <summary>What came of a call to try a webhook.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.webhook-test-report")]
public sealed record WebhookTestReport
{
    /// <summary>Why nothing was sent; their pointers begin at the webhook. Empty where something was.</summary>
    [Id(0)]
    public ImmutableArray<Fault> Faults { get; init; } = [];

    /// <summary>The call; <see langword="null"/> where there are <see cref="Faults"/>.</summary>
    [Id(1)]
    public WebhookAttempt? Attempt { get; init; }

    /// <summary>Whether it was signed: not where the operator has set no secret and the webhook names none.</summary>
    [Id(2)]
    public bool IsSigned { get; init; }
}
