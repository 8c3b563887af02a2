using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>Declares an input of an engine on its class.</summary>
/// <param name="name">The engine's own name for the port.</param>
/// <param name="type">What its items are.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(string name, ChannelType type) : Attribute
{
    /// <summary>The engine's own name for the port.</summary>
    public string Name { get; } = name;

    /// <summary>What its items are.</summary>
    public ChannelType Type { get; } = type;

    /// <summary>Whether a session may leave it unlinked; false by default.</summary>
    public bool Optional { get; set; }

    /// <summary>
    /// Whether large items come as references, also JSON, which otherwise is in memory before the engine sees it: for engines
    /// that pass items on, or read them as streams. False by default.
    /// </summary>
    public bool ByReference { get; set; }

    /// <summary>A sentence for people, or <see langword="null"/>.</summary>
    public string? Description { get; set; }
}
