using System.Collections.Immutable;

namespace BlueEdge.Soak.History;

/// <summary>How a session is to end where no fault comes between.</summary>
/// <param name="Status">finished, failed or canceled.</param>
internal sealed record ExpectedEnd(string Status)
{
    /// <summary>What is on its result channel, each as <see cref="Item"/> has it.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    public ItemOrder Order { get; init; }

    /// <summary>How many writers wrote all items, where they are mixed.</summary>
    public int Writers { get; init; } = 1;

    /// <summary>What its reason has in it.</summary>
    public string? Reason { get; init; }
}
