using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Sessions with webhooks, as callers send them.</summary>
internal static class Sessions
{
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";

    /// <summary>A silo that may call loopback.</summary>
    public static Task<SiloProcess> StartSiloAsync(params (string Name, string Value)[] settings) => SiloProcess.StartAsync(settings: new Dictionary<string, string>(
        settings.Select(setting => KeyValuePair.Create($"BlueEdge__{setting.Name}", setting.Value)))
    {
        ["BlueEdge__Outbound__Allow"] = "127.0.0.1",
        ["BlueEdge__Webhooks__Secret"] = Secret,
    });

    /// <summary>Submits a session of one engine that says hello and ends, and answers with its id.</summary>
    public static Task<string> HelloAsync(this SiloProcess silo, params JsonObject[] webhooks) => silo.SubmitAsync("hello", """{"name": "Ada"}""", webhooks);

    public static async Task<string> SubmitAsync(this SiloProcess silo, string engine, string control, params JsonObject[] webhooks)
    {
        var session = new JsonObject
        {
            ["engineId"] = engine,
            ["inputs"] = new JsonObject { ["Control"] = new JsonObject { ["type"] = "JSON", ["payload"] = JsonNode.Parse(control) } },
            ["outputs"] = new JsonObject { ["Result"] = new JsonObject { ["type"] = "JSON", ["interested"] = true } },
            ["webhooks"] = new JsonArray([.. webhooks]),
        };
        using var content = new StringContent(session.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await silo.Http.PostAsync(new Uri("api/v1/process-single-engine", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.
    }

    public static JsonObject Webhook(string address, params string[] types) => new()
    {
        ["statusTypes"] = new JsonArray([.. types.DefaultIfEmpty("sessionStatusChanged").Select(type => JsonValue.Create(type))]),
        ["callbackUrl"] = address,
    };
}
