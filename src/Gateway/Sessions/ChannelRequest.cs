using System.ComponentModel;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A named, typed edge of the DAG. Every reader gets every item.</summary>
internal sealed record ChannelRequest
{
    /// <summary>Unique in the session; at most 256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>JSON, Image, Video or File.</summary>
    [DefaultValue("JSON")]
    public required string Type { get; init; }

    /// <summary>Whether what is written to it is kept as results.</summary>
    public bool Interested { get; init; }
}
