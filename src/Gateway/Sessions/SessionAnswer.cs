using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Results;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// Answers with a session and its results, written straight to the response. See <see cref="SessionResponse"/> for the form.
/// </summary>
internal sealed class SessionAnswer(
    SessionSnapshot session, IReadOnlyList<ChannelResults> results, string route, bool showsPaging = false, bool showsEnvelopes = false) : IResult
{
    private static readonly JsonWriterOptions Options = new() { Encoder = AnswerJson.Encoder, SkipValidation = true };
    private static readonly string[] FixedMembers = ["sessionId", "process", "results", "paging", "warnings", "errors"];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter, Options);
        var address = $"{httpContext.Request.PathBase}{ApiRoutes.Prefix}/{route}/{session.SessionId}";
        var items = new ResultWriter(json, response.BodyWriter, address, showsEnvelopes);

        json.WriteStartObject();
        json.WriteString("status"u8, "success"u8);
        json.WriteString("message"u8, ""u8);
        json.WriteStartObject("data"u8);
        json.WriteString("sessionId"u8, session.SessionId);
        json.WritePropertyName("process"u8);
        JsonSerializer.Serialize(json, ProcessResponse.From(session), AnswerJson.Context.ProcessResponse);

        json.WriteStartObject("results"u8);
        foreach (var channel in results)
        {
            json.WritePropertyName(channel.Channel);
            await items.WriteAsync(channel, httpContext.RequestAborted);
        }

        json.WriteEndObject();
        WritePaging(json);
        WriteWarnings(json);
        WriteChannels(json, httpContext.Request);

        // The older form. A channel that is called like a member of ours is in results only.
        foreach (var channel in results.Where(channel => !IsMember(channel.Channel)))
        {
            json.WritePropertyName(channel.Channel);
            await items.WriteAsync(channel, httpContext.RequestAborted);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(httpContext.RequestAborted);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    /// <summary>A session that no client takes part in has no member of that name, and so a channel may have it, as ever.</summary>
    private bool IsMember(string name) => FixedMembers.Contains(name, StringComparer.Ordinal)
        || (name is "channels" && !session.ExternalChannels.IsDefaultOrEmpty);

    private void WriteChannels(Utf8JsonWriter json, HttpRequest request)
    {
        if (session.ExternalChannels.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartObject("channels"u8);
        foreach (var channel in session.ExternalChannels)
        {
            json.WritePropertyName(channel.Name);
            JsonSerializer.Serialize(json, ExternalChannelResponse.Of(session.SessionId, channel, request), AnswerJson.Context.ExternalChannelResponse);
        }

        json.WriteEndObject();
    }

    private void WritePaging(Utf8JsonWriter json)
    {
        var paged = results.Where(channel => showsPaging || channel.Next is not null).ToList();
        if (paged.Count == 0)
        {
            return;
        }

        json.WriteStartObject("paging"u8);
        foreach (var channel in paged)
        {
            json.WriteStartObject(channel.Channel);
            json.WriteNumber("offset"u8, channel.Offset);
            json.WriteNumber("total"u8, channel.Total);
            if (channel.Next is { } next)
            {
                json.WriteNumber("next"u8, next);
            }
            else
            {
                json.WriteNull("next"u8);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteWarnings(Utf8JsonWriter json)
    {
        if (session.Warnings.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartArray("warnings"u8);
        foreach (var warning in session.Warnings)
        {
            JsonSerializer.Serialize(json, WarningResponse.From(warning), AnswerJson.Context.WarningResponse);
        }

        json.WriteEndArray();
    }
}
