using System.Collections.Immutable;
using BlueEdge.Callers;
using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels.Taps;

/// <summary>What a session says of a channel that somebody listens to and that is not kept.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.tap-definition")]
public sealed record TapDefinition
{
    /// <summary>Whose the session is; <see langword="null"/> for the default tenant.</summary>
    [Id(0)]
    public string? Tenant { get; init; }

    /// <summary>The session's attempt.</summary>
    [Id(1)]
    public required int Epoch { get; init; }

    /// <summary>Whether the session has ended.</summary>
    [Id(2)]
    public required bool IsOver { get; init; }

    /// <summary>Whether its spec says that clients listen: writers send whether somebody is there or not.</summary>
    [Id(3)]
    public required bool IsExpected { get; init; }

    /// <summary>Who writes to it; <see langword="null"/> before they have instances, and where the attempt is known to whoever asks.</summary>
    [Id(4)]
    public ImmutableArray<TapWriter>? Writers { get; init; }

    /// <summary>Start data of the channel, where there are writers.</summary>
    [Id(5)]
    public ImmutableArray<Payload> StartData { get; init; } = [];

    /// <summary>Whether clients write it and all of it is kept in its log, under the same numbers.</summary>
    [Id(6)]
    public bool IsRecorded { get; init; }

    /// <summary>Whether the caller may know of it.</summary>
    public bool BelongsTo(Caller caller) => string.Equals(Tenant, caller.NamedTenant, StringComparison.Ordinal);
}
