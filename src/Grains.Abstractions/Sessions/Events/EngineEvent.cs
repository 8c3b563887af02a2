namespace BlueEdge.Sessions.Events;

/// <summary>What an engine said on its Status output: a message with a type of the engine's own, or <c>finish</c>, <c>error</c> or <c>warning</c>.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.engine-event")]
public sealed record EngineEvent
{
    /// <summary>The longest message that an event holds, in bytes of UTF-8.</summary>
    public const int LongestMessage = 16 * 1024;

    /// <summary>The longest type that an event holds, in bytes of UTF-8; a longer one is cut and ends with how much was cut.</summary>
    public const int LongestType = 256;

    /// <summary>The message's <c>type</c>.</summary>
    [Id(0)]
    public required string Type { get; init; }

    /// <summary>The whole message, a JSON object in UTF-8; empty where it is longer than <see cref="LongestMessage"/>.</summary>
    [Id(1)]
    public ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>How long the message is, in bytes of UTF-8; where <see cref="Message"/> is empty, it was left out for that.</summary>
    [Id(2)]
    public int Length { get; init; }
}
