using System.Net;
using System.Text.Json;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>An answer of the API, checked to be in the envelope.</summary>
internal sealed record Answer(HttpStatusCode StatusCode, HttpResponseMessage Response, JsonElement Body, string Text)
{
    public JsonElement Data => Body.GetProperty("data");

    public string Message => Body.GetProperty("message").GetString() ?? "";

    public string SessionId => Data.GetProperty("sessionId").GetString() ?? "";

    public string? Status => Data.GetProperty("process").GetProperty("status").GetString();

    public List<(string Pointer, string Code)> Faults =>
        [.. Data.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("pointer").GetString() ?? "", error.GetProperty("code").GetString() ?? ""))];

    /// <summary>Checks that these are the faults, all of them, in any order.</summary>
    public void HasFaults(params (string Pointer, string Code)[] expected)
    {
        Assert.Equal(HttpStatusCode.BadRequest, StatusCode);
        Assert.Equal(Sorted(expected), Sorted(Faults));
    }

    private static List<string> Sorted(IEnumerable<(string Pointer, string Code)> faults) =>
        [.. faults.Select(fault => $"{fault.Pointer} {fault.Code}").Order(StringComparer.Ordinal)];

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = JsonDocument.Parse(text).RootElement;
        Assert.Equal(JsonValueKind.Object, body.GetProperty("data").ValueKind);
        Assert.Equal(JsonValueKind.String, body.GetProperty("message").ValueKind);
        Assert.Equal(response.IsSuccessStatusCode ? "success" : "error", body.GetProperty("status").GetString());
        return new(response.StatusCode, response, body, text);
    }
}
