using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>Ports that mean the same in every engine.</summary>
public static class WellKnownPorts
{
    /// <summary>The JSON input that takes the user's start data and commands.</summary>
    public const string Control = "Control";

    /// <summary>The JSON output for <c>{"type": …}</c>: <c>finish</c>, <c>error</c> or the engine's own events.</summary>
    public const string Status = "Status";

    /// <summary>The output <see cref="Status"/>, as every engine has it that does not declare it.</summary>
    public static PortDefinition StatusPort { get; } = new()
    {
        Name = Status,
        Type = ChannelType.Json,
        Optional = true,
        Description = "What the engine says of itself: {\"type\": …}.",
    };
}
