using System.Collections.Immutable;

namespace BlueEdge.Channels.Inputs;

/// <summary>What a client writes to a channel with one call. One without items and without an end says that the writer is there.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.input-write")]
public sealed record InputWrite
{
    /// <summary>Characters that a writer's name may have.</summary>
    public const int WriterLength = 64;

    /// <summary>
    /// The writer, by a name of its own among all that write to this channel: 1 to 64 characters. <see langword="null"/>, the
    /// default, is one without a name, whose items are never taken for repeated ones.
    /// </summary>
    [Id(0)]
    public string? Writer { get; init; }

    /// <summary>The first item's number among all that this writer writes to this channel, from 0; means nothing without a name.</summary>
    [Id(1)]
    public long FirstSequence { get; init; }

    /// <summary>The items, of the channel's type, in their order. None by default.</summary>
    [Id(2)]
    public ImmutableArray<Payload> Items { get; init; } = [];

    /// <summary>Whether the channel ends after them, for all of its writers. It does not by default.</summary>
    [Id(3)]
    public bool Ends { get; init; }
}
