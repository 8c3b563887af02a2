using System.Collections.Immutable;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>Items that one client writes to a channel.</summary>
public sealed record InputRun
{
    /// <summary>The writer, by a name of its own; <see langword="null"/> for one without, whose items are never taken for repeated ones.</summary>
    public string? Writer { get; init; }

    /// <summary>The first item's number among all that this writer wrote to this channel, from 0.</summary>
    public long FirstSequence { get; init; }

    /// <summary>The items, in the order they were written.</summary>
    public ImmutableArray<Payload> Items { get; init; } = [];

    /// <summary>Whether nobody writes anything after these.</summary>
    public bool Ends { get; init; }

    /// <summary>The number after its last item's.</summary>
    public long NextSequence => FirstSequence + Items.Length;

    /// <summary>What is left of it for a log that has the writer's items up to a number.</summary>
    public InputRun From(long sequence) => sequence <= FirstSequence
        ? this
        : this with { FirstSequence = sequence, Items = Items[(int)Math.Min(sequence - FirstSequence, Items.Length)..] };
}
