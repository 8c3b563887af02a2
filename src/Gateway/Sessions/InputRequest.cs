using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using BlueEdge.Gateway.Channels;

namespace BlueEdge.Gateway.Sessions;

/// <summary>What is fed to an input.</summary>
internal sealed record InputRequest
{
    /// <summary>What its items are: that of the port.</summary>
    [ChannelTypeNames]
    public required string Type { get; init; }

    /// <summary>
    /// For JSON any JSON value. For the others base64, a <c>data:</c> URL, or an object of <c>mediaType</c> and <c>data</c>
    /// with either in data. Left out: nothing is fed to it.
    /// </summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Which items it belongs to: at most 256 characters. What engines write while they process it has the same key, unless they give another.</summary>
    public string? Key { get; init; }

    /// <summary>Words about it: at most 16, each once and of at most 64 characters.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>Small facts about it: an object of at most 4,096 bytes.</summary>
    public JsonElement? Attributes { get; init; }

    /// <summary><c>in</c>: clients write it while the session runs, and it has no payload. They do not where it is left out.</summary>
    [AllowedValues("in")]
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
