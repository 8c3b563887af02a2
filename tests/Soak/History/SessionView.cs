using System.Collections.Immutable;

namespace BlueEdge.Soak.History;

/// <summary>A session as an answer tells it.</summary>
internal sealed record SessionView
{
    public required string Status { get; init; }

    public string? Reason { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>Why former attempts ended.</summary>
    public ImmutableArray<string> FormerReasons { get; init; } = [];

    /// <summary>When it ended, as the answer says it.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What is on its result channel, each as <see cref="Item"/> has it.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    public bool HasEnded => Status is "finished" or "failed" or "canceled";

    /// <summary>Whether both tell the same end.</summary>
    public bool IsSameAs(SessionView other) =>
        Status == other.Status && Reason == other.Reason && Attempt == other.Attempt && EndedAt == other.EndedAt
        && FormerReasons.SequenceEqual(other.FormerReasons) && Items.SequenceEqual(other.Items);

    public override string ToString() =>
        $"{Status}, attempt {Attempt}{(EndedAt is { } at ? $", ended {at:HH:mm:ss.fff}" : "")}{(Reason is null ? "" : $" ({Reason})")}, {Items.Length} items";
}
