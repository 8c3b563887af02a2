using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>Declares an output of an engine on its class. A session may always leave it unlinked.</summary>
/// <param name="name">The engine's own name for the port.</param>
/// <param name="type">What its items are.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute(string name, ChannelType type) : Attribute
{
    /// <summary>The engine's own name for the port.</summary>
    public string Name { get; } = name;

    /// <summary>What its items are.</summary>
    public ChannelType Type { get; } = type;

    /// <summary>A sentence for people, or <see langword="null"/>.</summary>
    public string? Description { get; set; }
}
