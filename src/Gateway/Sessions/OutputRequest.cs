using System.ComponentModel.DataAnnotations;
using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What is done with what comes out of an output.</summary>
internal sealed record OutputRequest
{
    /// <summary>What its items are: that of the port.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>Whether it is kept as results.</summary>
    public bool Interested { get; init; }

    /// <summary><c>out</c>: clients listen to it while the session runs. They do not where it is left out.</summary>
    [AllowedValues("out")]
    public string? External { get; init; }
}
