using BlueEdge.Channels;

namespace BlueEdge.Sessions;

/// <summary>An item that the user gives; sent once all engines of the session are ready.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.start-data-spec")]
public sealed record StartDataSpec
{
    /// <summary>A channel that no engine writes.</summary>
    [Id(0)]
    public required string Channel { get; init; }

    /// <summary>The item; of the channel's type.</summary>
    [Id(1)]
    public required Payload Payload { get; init; }
}
