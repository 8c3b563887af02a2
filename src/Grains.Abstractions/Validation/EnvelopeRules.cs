using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;

namespace BlueEdge.Validation;

/// <summary>What an item may say of itself, whoever writes it: it travels with every item, and becomes part of answers.</summary>
public static class EnvelopeRules
{
    /// <summary>Notes what is wrong, by the members <c>key</c>, <c>tags</c> and <c>attributes</c> of the object at that pointer.</summary>
    public static void Check(ItemEnvelope envelope, string place, FaultCollector faults)
    {
        if (envelope.Key is { } key)
        {
            CheckWord(key, "key", ItemEnvelope.KeyLength, $"{place}/key", faults);
        }

        CheckTags(envelope.Tags, $"{place}/tags", faults);
        CheckAttributes(envelope.Attributes, $"{place}/attributes", faults);
    }

    private static void CheckTags(ImmutableArray<string> tags, string place, FaultCollector faults)
    {
        if (tags.Length > ItemEnvelope.MostTags)
        {
            faults.Add(place, FaultCodes.TooLarge, $"There are {tags.Length} tags; {ItemEnvelope.MostTags} are allowed.");
            return;
        }

        for (var i = 0; i < tags.Length; i++)
        {
            CheckWord(tags[i], "tag", ItemEnvelope.TagLength, $"{place}/{i}", faults);
            if (tags.AsSpan(0, i).Contains(tags[i]))
            {
                faults.Add($"{place}/{i}", FaultCodes.DuplicateName, $"The tag {FaultText.Quote(tags[i])} is there twice: give it once.");
            }
        }
    }

    private static void CheckWord(string? word, string kind, int most, string place, FaultCollector faults)
    {
        if (string.IsNullOrEmpty(word))
        {
            faults.Add(place, FaultCodes.Required, $"The {kind} is empty: leave it out, or give it 1 to {most} characters.");
        }
        else if (word.Length > most)
        {
            faults.Add(place, FaultCodes.TooLarge, $"The {kind} {FaultText.Quote(word)} has {word.Length} characters; {most} are allowed.");
        }
        else if (!NameRules.IsText(word))
        {
            faults.Add(place, FaultCodes.Malformed, $"The {kind} {FaultText.Quote(word)} holds control characters or half a surrogate pair: leave them out.");
        }
    }

    private static void CheckAttributes(ReadOnlyMemory<byte> attributes, string place, FaultCollector faults)
    {
        if (attributes.Length > ItemEnvelope.AttributeBytes)
        {
            faults.Add(
                place,
                FaultCodes.TooLarge,
                $"The attributes have {attributes.Length} bytes; {ItemEnvelope.AttributeBytes} are allowed. Put what is larger into the item itself.");
        }
        else if (!attributes.IsEmpty && !IsObject(attributes))
        {
            faults.Add(place, FaultCodes.Malformed, "The attributes have to be one JSON object.");
        }
    }

    private static bool IsObject(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.ValueKind is JsonValueKind.Object && System.Text.Unicode.Utf8.IsValid(utf8.Span);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
