using System.Text.Json;
using BlueEdge.Gateway.Json;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Validation;

/// <summary>Reads a body of either kind: what names one engine is for a single engine, all else a workflow.</summary>
internal static class AnySessionReader
{
    private static readonly MemberNames Mark = new("engineId");

    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static ParsedSession Read(ReadOnlyMemory<byte> body, SessionLimits limits) =>
        IsSingleEngine(body.Span) ? SingleEngineReader.Read(body, limits) : WorkflowReader.Read(body, limits);

    private static bool IsSingleEngine(ReadOnlySpan<byte> body)
    {
        var json = BodyJson.Start(body);
        if (json.TokenType is not JsonTokenType.StartObject)
        {
            return false;
        }

        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            if (Mark.Find(ref json) >= 0)
            {
                return true;
            }

            json.Skip();
        }

        return false;
    }
}
