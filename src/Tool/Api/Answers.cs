using System.Net;
using System.Text.Json;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Api;

/// <summary>Reads the API's envelope, and says what an answer that is none may be.</summary>
internal static class Answers
{
    /// <exception cref="ToolException">The answer is none of BlueEdge.</exception>
    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response, Uri server, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
            var envelope = await JsonSerializer.DeserializeAsync(content, ApiJson.Default.JsonElement, cancellationToken);
            if (envelope is { ValueKind: JsonValueKind.Object } && envelope.TryGetProperty("data", out _))
            {
                return envelope;
            }
        }
        catch (JsonException)
        {
            // It is told below.
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            throw Unreachable(server, exception);
        }

        throw new ToolException(
            ExitCodes.Unavailable,
            $"{server} answers {(int)response.StatusCode}, and not as BlueEdge does: is --server (BLUEEDGE_SERVER) right, or does something stand between?");
    }

    public static ToolException Unreachable(Uri server, Exception cause) => new(
        ExitCodes.Unavailable,
        $"{server} cannot be reached: {cause.Message} Is a server running there? 'blueedge dev' starts one; --server or BLUEEDGE_SERVER names another.",
        cause);

    public static ToolException Refusal(HttpResponseMessage response, JsonElement envelope)
    {
        var error = envelope.GetProperty("data").Deserialize(ApiJson.Default.ErrorInfo) ?? new();
        var message = envelope.TryGetProperty("message", out var said) ? said.GetString() ?? "" : "";
        var code = response.StatusCode switch
        {
            HttpStatusCode.NotFound => ExitCodes.NotFound,
            < HttpStatusCode.InternalServerError => ExitCodes.Faults,
            _ => ExitCodes.Unavailable,
        };
        return new(code, message)
        {
            Faults = error.Errors,
            FurtherFaults = error.FurtherErrors,
        };
    }
}
