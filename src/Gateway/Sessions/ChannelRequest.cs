using System.ComponentModel.DataAnnotations;
using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A named, typed edge of the DAG.</summary>
internal sealed record ChannelRequest
{
    /// <summary>Unique in the session; at most 256 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What its items are.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>Whether what is written to it is kept as results.</summary>
    public bool Interested { get; init; }

    /// <summary>
    /// <c>every</c>: a slow reader slows the writers; <c>latest</c>: it gets the newest item when it is ready, as live video
    /// wants it. <c>every</c> where it is left out.
    /// </summary>
    [AllowedValues("every", "latest")]
    public string? Delivery { get; init; }
}
