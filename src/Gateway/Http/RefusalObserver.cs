using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace BlueEdge.Gateway.Http;

/// <summary>
/// Hears what the server refuses by itself before there is a request, and puts it into the envelope: lines, headers and lengths
/// that are out of order. Not on connections with TLS, whose output is the cipher's.
/// </summary>
internal sealed class RefusalObserver : IObserver<KeyValuePair<string, object?>>
{
    public const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value is { Key: Event, Value: IFeatureCollection features }
            && features.Get<IBadRequestExceptionFeature>()?.Error is BadHttpRequestException refused
            && features.Get<IHttpResponseFeature>() is { HasStarted: false }
            && features.Get<IConnectionTransportFeature>()?.Transport is RefusableTransport transport)
        {
            transport.Refuse(AnswerTo(refused));
        }
    }

    public void OnCompleted()
    {
        // The server ends with the process.
    }

    public void OnError(Exception error)
    {
        // A listener has none.
    }

    private static byte[] AnswerTo(BadHttpRequestException refused)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new ErrorResponse { Message = refused.Message, Data = new() }, AnswerJson.Context.ErrorResponse);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {refused.StatusCode} {ReasonPhrases.GetReasonPhrase(refused.StatusCode)}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
