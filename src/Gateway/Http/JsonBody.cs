using System.Text.Json;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Http;

/// <summary>A body that has to be JSON, and what is said of one that is none.</summary>
internal static class JsonBody
{
    /// <summary>The body's bytes, or why they cannot be used.</summary>
    /// <param name="request">The request.</param>
    /// <param name="most">The longest that is allowed.</param>
    /// <param name="lease">Holds the body's bytes.</param>
    public static async Task<(ReadOnlyMemory<byte> Bytes, ErrorAnswer? Refusal)> ReadAsync(HttpRequest request, int most, ByteLease lease)
    {
        if (!BodyEncoding.IsPlain(request))
        {
            return (default, new(StatusCodes.Status415UnsupportedMediaType, "The body has to be application/json in plain UTF-8."));
        }

        return await RequestBody.ReadAsync(request, most, lease) is { } body
            ? (BodyEncoding.SkipMark(body), null)
            : (default, new(StatusCodes.Status413PayloadTooLarge, $"The body has more than {most} bytes."));
    }

    public static ErrorAnswer Malformed(JsonException exception)
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
