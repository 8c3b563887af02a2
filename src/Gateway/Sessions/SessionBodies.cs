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
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, limits.Value.BodyBytes, lease);
        if (refusal is not null)
        {
            return SessionBody.Refused(refusal);
        }

        ParsedSession parsed;
        try
        {
            parsed = read(body, limits.Value);
        }
        catch (JsonException exception)
        {
            return SessionBody.Refused(JsonBody.Malformed(exception));
        }

        return parsed.Faults.IsEmpty
            ? new(parsed, body, Refusal: null)
            : SessionBody.Refused(await faultReport.AllAsync(parsed, http.RequestAborted));
    }
}
