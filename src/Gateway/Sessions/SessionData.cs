using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A session and its results. Each channel of the results is also a member of its own, as in an older form of the API.</summary>
internal sealed record SessionData
{
    /// <summary>The session's id: 32 hexadecimal digits.</summary>
    public required string SessionId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ProcessResponse Process { get; init; }

    /// <summary>
    /// By interested channel, what was written to it, in order. An item of a JSON channel is that JSON value; any other is an
    /// object of <c>mediaType</c>, <c>length</c> and either <c>data</c> (base64) or, where it is large, <c>href</c>.
    /// </summary>
    public required ImmutableDictionary<string, ImmutableArray<JsonElement>> Results { get; init; }

    /// <summary>By channel, where this page lies; left out where nothing was paged or cut.</summary>
    public ImmutableDictionary<string, PagingResponse>? Paging { get; init; }

    /// <summary>What to know of it besides; left out where there is nothing. Engines' warnings come with the end of their part.</summary>
    public ImmutableArray<WarningResponse>? Warnings { get; init; }

    /// <summary>By name, the channels that clients write or listen to while it runs; left out where there are none.</summary>
    public ImmutableDictionary<string, ExternalChannelResponse>? Channels { get; init; }

    /// <summary>The channels of the results once more.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; set; }
}
