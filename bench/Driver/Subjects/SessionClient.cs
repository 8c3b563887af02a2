using System.Text;
using System.Text.Json;

namespace BlueEdge.Driver.Subjects;

/// <summary>Posts a session that measures something itself, and reads what it found.</summary>
internal sealed class SessionClient(string address) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>Runs a session to its end; returns the first item of its channel <c>Final</c>.</summary>
    public async Task<JsonElement> RunAsync(string bodyFile, params (string Name, string Value)[] values)
    {
        var answer = await PostAsync(bodyFile, values);
        return answer.TryGetProperty("data", out var data) && data.TryGetProperty("results", out var results)
            && results.TryGetProperty("Final", out var final) && final.GetArrayLength() > 0
            ? final[0]
            : throw new BenchException($"A session gave no result: {answer}");
    }

    /// <summary>Begins a session; returns where its socket is.</summary>
    public async Task<string> StartAsync(string bodyFile)
    {
        var answer = await PostAsync(bodyFile);
        return answer.TryGetProperty("data", out var data) && data.TryGetProperty("sessionId", out var id)
            ? $"{address}/api/v1/sessions/{id.GetString()}/socket"
            : throw new BenchException($"A session was not accepted: {answer}");
    }

    /// <summary>How many nodes of waiting sessions want the engine.</summary>
    public async Task<int> CountWaitingAsync(string engine)
    {
        using var document = JsonDocument.Parse(await _http.GetStringAsync(new Uri(address + "/api/v1/engines")));
        return document.RootElement.GetProperty("data").GetProperty("engines").EnumerateArray()
            .First(each => each.GetProperty("id").ValueEquals(engine)).GetProperty("waiting").GetInt32();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> PostAsync(string bodyFile, params (string Name, string Value)[] values)
    {
        var body = await File.ReadAllTextAsync(bodyFile);
        foreach (var (name, value) in values)
        {
            body = body.Replace("$" + name, value, StringComparison.Ordinal);
        }

        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri(address + "/api/v1/process-workflow"), content);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync());
    }
}
