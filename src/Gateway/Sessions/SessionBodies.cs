using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Validation;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Sessions;

/// <summary>Reads what callers describe sessions with.</summary>
internal sealed class SessionBodies(FaultReport faultReport, IOptions<SessionLimits> limits)
{
    /// <param name="http">The request.</param>
    /// <param name="read">Makes a spec of the body.</param>
    /// <param name="lease">Holds the body's bytes.</param>
    public async Task<SessionBody> ReadAsync(HttpContext http, Func<ReadOnlyMemory<byte>, SessionLimits, ParsedSession> read, ByteLease lease)
    {
        if (!BodyEncoding.IsPlain(http.Request))
        {
            return SessionBody.Refused(new(StatusCodes.Status415UnsupportedMediaType, "The body has to be application/json in plain UTF-8."));
        }

        if (await RequestBody.ReadAsync(http.Request, limits.Value.BodyBytes, lease) is not { } body)
        {
            return SessionBody.Refused(new(StatusCodes.Status413PayloadTooLarge, $"The body has more than {limits.Value.BodyBytes} bytes."));
        }

        body = BodyEncoding.SkipMark(body);
        ParsedSession parsed;
        try
        {
            parsed = read(body, limits.Value);
        }
        catch (JsonException exception)
        {
            return SessionBody.Refused(Malformed(exception));
        }

        return parsed.Faults.IsEmpty
            ? new(parsed, body, Refusal: null)
            : SessionBody.Refused(await faultReport.AllAsync(parsed, http.RequestAborted));
    }

    private static ErrorAnswer Malformed(JsonException exception)
    {
        var (line, position) = ((exception.LineNumber ?? 0) + 1, (exception.BytePositionInLine ?? 0) + 1);
        var said = exception.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
        var message = $"The body is no JSON, at line {line}, position {position}: {said}";
        return new ErrorAnswer(
            StatusCodes.Status400BadRequest,
            message,
            [new() { Pointer = "", Code = FaultCodes.Malformed, Message = message, Line = line, Position = position }]);
    }
}
