namespace BlueEdge.Channels.Inputs;

/// <summary>What became of a write, and how much more the channel has room for.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.input-reply")]
public sealed record InputReply
{
    /// <summary>The answer where there is no such channel for the caller.</summary>
    public static InputReply Unknown { get; } = new() { Outcome = InputOutcome.Unknown };

    /// <summary>What became of it.</summary>
    [Id(0)]
    public required InputOutcome Outcome { get; init; }

    /// <summary>The number that the channel wants of this writer next; 0 for one without a name.</summary>
    [Id(1)]
    public long NextSequence { get; init; }

    /// <summary>Items that the channel has room for now; at 0 it takes none.</summary>
    [Id(2)]
    public int CreditItems { get; init; }

    /// <summary>Bytes that it has room for now. One run may exceed both, so that one larger than the room still passes.</summary>
    [Id(3)]
    public long CreditBytes { get; init; }

    /// <summary>Why the items were refused, where they were.</summary>
    [Id(4)]
    public string? Reason { get; init; }
}
