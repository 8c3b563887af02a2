using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Json;

namespace BlueEdge.Gateway.Channels;

/// <summary>What stands beside a payload of <c>key</c>, <c>tags</c> and <c>attributes</c>, as read. Validation knows the limits.</summary>
internal sealed class RawEnvelope
{
    private string? _key;
    private ImmutableArray<string> _tags = [];
    private RawValue? _attributes;

    /// <summary>Reads the member at whose value the reader stands.</summary>
    public void Read(string member, ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (member)
        {
            case "key": _key = JsonValues.String(ref json, faults); break;
            case "tags": _tags = ReadTags(ref json, faults); break;
            default: _attributes = ReadAttributes(ref json, faults); break;
        }
    }

    /// <summary>The envelope, or <see langword="null"/> where nothing was said.</summary>
    public ItemEnvelope? In(ReadOnlyMemory<byte> body)
    {
        if (_key is null && _tags.IsEmpty && _attributes is null)
        {
            return null;
        }

        var attributes = _attributes?.In(body) ?? default;

        // A copy, so that the body is not held for them; what is too large goes no further.
        return new() { Key = _key, Tags = _tags, Attributes = attributes.Length > ItemEnvelope.AttributeBytes ? attributes : attributes.ToArray() };
    }

    private static ImmutableArray<string> ReadTags(ref Utf8JsonReader json, BodyFaults faults)
    {
        var tags = ImmutableArray.CreateBuilder<string>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults, ItemEnvelope.MostTags); items.Next(ref json);)
            {
                // Validation faults an empty one at the same place.
                tags.Add(JsonValues.String(ref json, faults) ?? "");
            }
        }

        return tags.ToImmutable();
    }

    private static RawValue? ReadAttributes(ref Utf8JsonReader json, BodyFaults faults) =>
        JsonValues.Expect(ref json, JsonTokenType.StartObject, "an object", faults) ? RawValue.Take(ref json) : null;
}
