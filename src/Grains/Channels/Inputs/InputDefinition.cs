using BlueEdge.Callers;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What a session says of a channel that clients write.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.input-definition")]
public sealed record InputDefinition
{
    /// <summary>The channel.</summary>
    [Id(0)]
    public required ChannelSpec Channel { get; init; }

    /// <summary>Whose the session is; <see langword="null"/> for the default tenant.</summary>
    [Id(1)]
    public string? Tenant { get; init; }

    /// <summary>The session's attempt.</summary>
    [Id(2)]
    public required int Epoch { get; init; }

    /// <summary>Whether the session has ended, or a caller has stopped it.</summary>
    [Id(3)]
    public bool IsOver { get; init; }

    /// <summary>Whether the caller may know of it.</summary>
    public bool BelongsTo(Caller caller) => string.Equals(Tenant, caller.NamedTenant, StringComparison.Ordinal);
}
