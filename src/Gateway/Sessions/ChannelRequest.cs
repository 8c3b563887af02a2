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

    /// <summary>
    /// Whether clients take part in it while the session runs: <c>in</c> where they write it and no engine does, <c>out</c> where
    /// they listen to it. Neither where it is left out.
    /// </summary>
    [AllowedValues("in", "out")]
    public string? External { get; init; }

    /// <summary>
    /// Only with <c>in</c>, and required there beside <c>retry</c>: what clients write is kept as long as the session, and each attempt
    /// gets all of it again. Not where it is left out.
    /// </summary>
    public bool Record { get; init; }

    /// <summary>Only with <c>in</c>: how many seconds after a writer's last call clients count as lost, 1 to 86,400; 60 where it is left out.</summary>
    public double? WriterTimeoutSeconds { get; init; }

    /// <summary>
    /// Only with <c>in</c>: what becomes of it when they are lost. <c>end</c>: it ends as if one had said so; <c>fail</c>: the session
    /// fails. <c>end</c> where it is left out.
    /// </summary>
    [AllowedValues("end", "fail")]
    public string? OnWriterLost { get; init; }
}
