using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Json;
using BlueEdge.Validation;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Channels.Inputs;

/// <summary>Makes items of the body of who writes to a channel. Pure.</summary>
internal static class ItemReader
{
    /// <summary>Lines that a body may have.</summary>
    public const int MostItems = 10_000;

    private const string Lines = "application/x-ndjson";

    /// <summary>Whether the body has an item a line.</summary>
    public static bool IsLines(string? contentType) => MediaTypeOf(contentType).Equals(Lines, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a body of that kind can be the item of such a channel, or hold its items.</summary>
    public static bool Takes(ChannelType type, string? contentType) => type is not ChannelType.Json
        || IsLines(contentType)
        || MediaTypeOf(contentType).Equals(Payload.JsonMediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The items; what is wrong with a line is a fault at its number, from 0.</summary>
    public static ImmutableArray<Payload> Read(ReadOnlyMemory<byte> body, string? contentType, ChannelType type, BodyFaults faults) =>
        IsLines(contentType) ? ReadLines(BodyEncoding.SkipMark(body), type, faults) : ReadOne(body, contentType, type, faults);

    /// <summary>The one item that the body is, as it is; none where that has a fault.</summary>
    public static ImmutableArray<Payload> ReadOne(ReadOnlyMemory<byte> body, string? contentType, ChannelType type, BodyFaults faults) =>
        type is ChannelType.Json ? ReadJson(BodyEncoding.SkipMark(body), faults) : ReadContent(body, contentType, type, faults);

    private static string MediaTypeOf(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.ToString() : "";

    private static ImmutableArray<Payload> ReadJson(ReadOnlyMemory<byte> body, BodyFaults faults)
    {
        Check(body.Span, faults);
        return faults.Any ? [] : [Payload.Json(body)];
    }

    private static ImmutableArray<Payload> ReadContent(ReadOnlyMemory<byte> body, string? contentType, ChannelType type, BodyFaults faults)
    {
        if (contentType is { Length: > 0 } && !MediaTypes.IsValid(contentType))
        {
            faults.Add(HeaderNames.ContentType, FaultCodes.TypeMismatch, $"'{Shown.Short(contentType)}' is no media type.");
            return [];
        }

        var mediaType = contentType is { Length: > 0 } ? contentType : MediaTypeSniffer.Guess(body.Span) ?? MediaTypes.Unknown;
        if (!ChannelTypes.Fits(type, mediaType))
        {
            faults.Add(HeaderNames.ContentType, FaultCodes.TypeMismatch, $"'{Shown.Short(mediaType)}' is no media type of {ChannelTypes.Name(type)}.");
        }
        else if (body.IsEmpty)
        {
            faults.Add("", FaultCodes.Required, "The body is empty: it is the item.");
        }

        return faults.Any ? [] : [Payload.Inline(type, mediaType, body)];
    }

    private static ImmutableArray<Payload> ReadLines(ReadOnlyMemory<byte> body, ChannelType type, BodyFaults faults)
    {
        var items = ImmutableArray.CreateBuilder<Payload>();
        for (var start = 0; start < body.Length;)
        {
            var length = body.Span[start..].IndexOf((byte)'\n') is >= 0 and var end ? end : body.Length - start;
            if (!body.Span.Slice(start, length).Trim(" \t\r"u8).IsEmpty)
            {
                faults.Enter(items.Count);
                items.Add(ReadLine(body, start, length, type, faults));
                faults.Leave();
                if (items.Count > MostItems)
                {
                    faults.Add("", FaultCodes.TooLarge, $"The body has more than {MostItems} items: send them with several calls.");
                    break;
                }
            }

            start += length + 1;
        }

        return items.DrainToImmutable();
    }

    private static Payload ReadLine(ReadOnlyMemory<byte> body, int start, int length, ChannelType type, BodyFaults faults)
    {
        var line = body.Slice(start, length);
        return Check(line.Span, faults)
            ? PayloadReader.Read(body, new(start, length), type, faults)
            : Payload.Inline(type, MediaTypes.Unknown, default);
    }

    private static bool Check(ReadOnlySpan<byte> json, BodyFaults faults)
    {
        try
        {
            var reader = BodyJson.Start(json);
            reader.Skip();
            BodyJson.End(ref reader);
            return true;
        }
        catch (JsonException error)
        {
            faults.Add(FaultCodes.Malformed, $"This is not one JSON value: {error.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0]}");
            return false;
        }
    }
}
