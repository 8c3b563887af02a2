using System.Text.Encodings.Web;
using System.Text.Json;

namespace BlueEdge.Gateway.Http;

/// <summary>How answers are written: not for HTML, so that text stays readable.</summary>
internal static class AnswerJson
{
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static GatewayJson Context { get; } = new(new JsonSerializerOptions(GatewayJson.Default.Options) { Encoder = Encoder });
}
