using System.Collections.Immutable;
using System.Text.Json;

namespace BlueEdge.Channels;

/// <summary>What an item says of itself beside its content. An item that says nothing has none.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.item-envelope")]
public sealed record ItemEnvelope
{
    /// <summary>Characters that a key may have.</summary>
    public const int KeyLength = 256;

    /// <summary>Tags that an item may have.</summary>
    public const int MostTags = 16;

    /// <summary>Characters that a tag may have.</summary>
    public const int TagLength = 64;

    /// <summary>Bytes that attributes may have, in UTF-8.</summary>
    public const int AttributeBytes = 4_096;

    /// <summary>
    /// Which items belong together, for example a document's id: 1 to 256 characters without control characters, or
    /// <see langword="null"/>. What an engine writes while it processes an item has that item's key, unless it gives another.
    /// </summary>
    [Id(0)]
    public string? Key { get; init; }

    /// <summary>Words about the item: at most 16, each once and of 1 to 64 characters without control characters.</summary>
    [Id(1)]
    public ImmutableArray<string> Tags { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Small facts about the item, such as a page's number: one JSON object in UTF-8, at most 4,096 bytes; empty for none.</summary>
    [Id(2)]
    public ReadOnlyMemory<byte> Attributes { get; init; }

    /// <summary>About how many bytes it takes on the way.</summary>
    public int Size => Attributes.Length + (2 * (Key?.Length ?? 0)) + (2 * Tags.Sum(tag => tag?.Length ?? 0));

    /// <summary>The attributes as a JSON object, or <see langword="null"/> where there are none.</summary>
    /// <exception cref="JsonException">They are no JSON; no session and no engine gets such an item.</exception>
    public JsonElement? ReadAttributes()
    {
        if (Attributes.IsEmpty)
        {
            return null;
        }

        using var document = JsonDocument.Parse(Attributes);
        return document.RootElement.Clone();
    }
}
