using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>Lines of a JSON log say to which session and which trace they belong, whichever part wrote them.</summary>
public sealed class LogTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    /// <summary>It is no PDF: the engine logs what its tool said of it, and fails.</summary>
    private const string Broken =
        """
        {"engineId":"pdf-convert","inputs":{"Control":{"type":"JSON","payload":{"pdf":"JVBERi0xLjQgbm9uZQ=="}}},
         "outputs":{"ImageMetadata":{"type":"JSON","interested":true}},"waitTimeSecond":30}
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_of_gateway_session_and_engine_have_the_trace_of_their_session()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>(receiver.Variables)
        {
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
            ["Logging__LogLevel__BlueEdge.Grains.Sessions"] = "Debug",
        });

        var session = await SubmitAsync(silo);
        await silo.StopAsync();

        var lines = silo.Output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var gateway = Assert.Single(lines, line => Says(line, "Microsoft.AspNetCore.Hosting.Diagnostics", "Request starting") && Says(line, "", "process-single-engine"));
        var grain = Assert.Single(lines, line => Says(line, "BlueEdge.Grains.Sessions.SessionGrain", "ended as Failed"));
        var engine = Assert.Single(lines, line => Says(line, "BlueEdge.Samples.Documents.Conversion.PdfConvertEngine", "The tool said"));
        Assert.All([gateway, grain, engine], line => Assert.Equal(Trace, ScopeOf(line, "TraceId")));
        Assert.Equal(session, grain.GetProperty("State").GetProperty("SessionId").GetString());
        Assert.Equal((session, "pdf-convert"), (ScopeOf(engine, "SessionId"), ScopeOf(engine, "Node")));
    }

    private static bool Says(JsonElement line, string category, string text) =>
        line.GetProperty("Category").GetString()!.StartsWith(category, StringComparison.Ordinal) // Each line has one.
        && line.GetProperty("Message").GetString()!.Contains(text, StringComparison.Ordinal); // And one of these.

    private static string? ScopeOf(JsonElement line, string name) => line.GetProperty("Scopes").EnumerateArray()
        .Where(scope => scope.ValueKind is JsonValueKind.Object && scope.TryGetProperty(name, out _))
        .Select(scope => scope.GetProperty(name).GetString())
        .FirstOrDefault();

    private static async Task<string> SubmitAsync(SiloProcess silo)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("api/v1/process-single-engine", UriKind.Relative));
        request.Content = new StringContent(Broken, Encoding.UTF8, "application/json");
        request.Headers.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        using var response = await silo.Http.SendAsync(request, Ct);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.True(response.IsSuccessStatusCode, $"{answer}");
        return answer.GetProperty("data").GetProperty("sessionId").GetString()!; // An answer has one.
    }
}
