using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>Sessions with webhooks, as callers send them.</summary>
internal static class Sessions
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A silo that may call loopback.</summary>
    public static Task<SiloProcess> StartSiloAsync(params (string Name, string Value)[] settings) => StartSiloAsync(null, [("Outbound__Allow", "127.0.0.1"), .. settings]);

    /// <summary>A silo with a secret, and nothing else than is said here.</summary>
    public static Task<SiloProcess> StartSiloAsync(IReadOnlyDictionary<string, string>? environment, params (string Name, string Value)[] settings)
    {
        Dictionary<string, string> all = new(environment ?? new Dictionary<string, string>()) { ["BlueEdge__Webhooks__Secret"] = Canaries.Secret };
        foreach (var (name, value) in settings)
        {
            all[$"BlueEdge__{name}"] = value;
        }

        return SiloProcess.StartAsync(settings: all);
    }

    /// <summary>Submits a session of one engine that says hello and ends, and answers with its id.</summary>
    public static Task<string> HelloAsync(this SiloProcess silo, params JsonObject[] webhooks) => silo.Http.HelloAsync(webhooks);

    public static Task<string> HelloAsync(this HttpClient http, params JsonObject[] webhooks) => http.SubmitAsync("hello", """{"name": "Ada"}""", webhooks);

    public static async Task<string> SubmitAsync(this HttpClient http, string engine, string control, params JsonObject[] webhooks)
    {
        var session = new JsonObject
        {
            ["engineId"] = engine,
            ["inputs"] = new JsonObject { ["Control"] = new JsonObject { ["type"] = "JSON", ["payload"] = JsonNode.Parse(control) } },
            ["outputs"] = new JsonObject { ["Result"] = new JsonObject { ["type"] = "JSON", ["interested"] = true } },
            ["webhooks"] = new JsonArray([.. webhooks]),
        };
        var answer = await http.PostJsonAsync("api/v1/process-single-engine", session);
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.
    }

    /// <summary>Posts what is to be accepted, and has the answer's body.</summary>
    public static async Task<JsonElement> PostJsonAsync(this HttpClient http, string path, JsonNode body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{path}\n{answer}"); // The body may have a secret.
        return answer;
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), Ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{path}\n{answer}");
        return answer;
    }

    /// <summary>What is told of the session's webhooks, once that is so.</summary>
    public static async Task<IReadOnlyList<JsonElement>> WebhooksAsync(this HttpClient http, string session, Func<JsonElement, bool> isSoOfEach)
    {
        // Another process has no event to wait for.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90), TimeProvider.System);
        while (true)
        {
            var webhooks = (await http.GetJsonAsync($"api/v1/sessions/{session}/webhooks")).GetProperty("data").GetProperty("webhooks").EnumerateArray().ToList();
            if (webhooks.TrueForAll(webhook => isSoOfEach(webhook)))
            {
                return webhooks;
            }

            Assert.False(patience.IsCancellationRequested, $"The webhooks did not come to be as they should be:\n{string.Join('\n', webhooks)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct);
        }
    }

    /// <summary>What comes of a test of an address.</summary>
    public static async Task<JsonElement> TestAsync(this HttpClient http, string address) =>
        (await http.PostJsonAsync("api/v1/webhooks/test", new JsonObject { ["callbackUrl"] = address })).GetProperty("data");

    public static JsonObject Webhook(string address, params string[] types) => new()
    {
        ["statusTypes"] = new JsonArray([.. types.DefaultIfEmpty("sessionStatusChanged").Select(type => JsonValue.Create(type))]),
        ["callbackUrl"] = address,
    };
}
