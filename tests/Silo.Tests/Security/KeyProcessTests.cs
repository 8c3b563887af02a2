using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Security;

/// <summary>A process that other machines can reach and that tells callers apart by keys; what it logs shows none (<see cref="Canaries"/>).</summary>
public sealed partial class KeyProcessTests : IAsyncLifetime
{
    private const string Live = """
        {
          "dataChannels": [{"name": "In", "type": "JSON", "external": "in"}, {"name": "Out", "type": "JSON", "interested": true}],
          "engines": [{"id": "relay", "name": "one", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "Out"}]}],
          "events": true
        }
        """;

    private const string Unknown = "01a20d0ea3f2761a946a85ec48235c5d";
    private SiloProcess? _silo;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SiloProcess Silo => _silo ?? throw new InvalidOperationException("The silo is not started.");

    public async ValueTask InitializeAsync() => _silo = await SiloProcess.StartAsync(settings: new Dictionary<string, string>(SiloProcess.OnEveryAddress)
    {
        ["BlueEdge__Auth__Mode"] = "Keys",
        ["BlueEdge__Auth__BootstrapKey"] = Canaries.Key,
        ["BlueEdge__Telemetry__Metrics"] = "true",
    });

    public ValueTask DisposeAsync() => Silo.DisposeAsync();

    [Fact]
    public async Task With_the_bootstrap_key_others_are_made_which_outlive_the_process_until_they_are_revoked()
    {
        var (viewer, viewerId) = await MakeAsync("viewer");
        var (submitter, _) = await MakeAsync("submitter");
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "sessions", key: null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("POST", "process-workflow", viewer, Live));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("POST", "process-workflow", submitter, Live));

        await Silo.KillAsync();
        await Silo.RestartAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "sessions", viewer));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("DELETE", $"keys/{viewerId}", Canaries.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "sessions", viewer));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "sessions", submitter));
    }

    [Fact]
    public async Task To_another_tenant_a_session_is_as_one_that_never_was()
    {
        var (blue, _) = await MakeAsync("admin", "blue");
        var (red, _) = await MakeAsync("admin", "red");
        using var submitted = JsonDocument.Parse(await ReadAsync("POST", "process-workflow", blue, Live));
        var id = submitted.RootElement.GetProperty("data").GetProperty("sessionId").GetString()!; // Of every answer.
        var routes = await SessionRoutesAsync();
        Assert.InRange(routes.Count, 15, 40);

        foreach (var (method, route) in routes)
        {
            var (theirs, none) = (await TellAsync(method, route, id, red), await TellAsync(method, route, Unknown, red));
            Assert.Equal((method, route, none), (method, route, theirs));
            Assert.StartsWith(route.EndsWith("/socket", StringComparison.Ordinal) ? "UpgradeRequired" : "NotFound", theirs, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, await OpenSocketAsync(id, red));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await OpenSocketAsync(id, blue));
        Assert.DoesNotContain(id, await ReadAsync("GET", "sessions", red), StringComparison.Ordinal);
        Assert.Contains(id, await ReadAsync("GET", "sessions", blue), StringComparison.Ordinal);
        Assert.Contains("\"processing\"", await ReadAsync("GET", $"process-workflow/{id}", blue), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_part_of_the_API_asks_for_a_key_too_but_health()
    {
        var (reader, _) = await MakeAsync("viewer");
        var (operates, _) = await MakeAsync("operator");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/health/live", key: null));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/health/ready", key: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "/metrics", key: null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("GET", "/metrics", reader));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/metrics", operates));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "/dashboard/", key: null));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("GET", "/dashboard/", operates));
    }

    private async Task<(string Key, string Id)> MakeAsync(string role, string tenant = "default")
    {
        using var made = JsonDocument.Parse(await ReadAsync("POST", "keys", Canaries.Key, $$"""{"name": "a test's", "tenant": "{{tenant}}", "roles": ["{{role}}"]}"""));
        var data = made.RootElement.GetProperty("data");
        return (data.GetProperty("key").GetString()!, data.GetProperty("id").GetString()!); // Of every key.
    }

    /// <summary>The routes of the document that name a session.</summary>
    private async Task<List<(string Method, string Route)>> SessionRoutesAsync()
    {
        using var document = JsonDocument.Parse(await Silo.Http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative), Ct));
        return
        [
            .. document.RootElement.GetProperty("paths").EnumerateObject().Where(path => path.Name.Contains("{sessionId}", StringComparison.Ordinal))
                .SelectMany(path => path.Value.EnumerateObject().Select(operation => (operation.Name.ToUpperInvariant(), path.Name["/api/v1/".Length..]))),
        ];
    }

    /// <summary>What is answered about a session, without its id and the trace.</summary>
    private async Task<string> TellAsync(string method, string route, string sessionId, string key)
    {
        var path = Open().Replace(route, part => part.Value switch
        {
            "{sessionId}" => sessionId,
            "{index}" => "0",
            "{item}" => "1:0",
            "{channel}" => method is "POST" ? "In" : "Out",
            "{name}" => "one",
            "{deliveryId}" => $"{sessionId}-0-0-1",
            _ => throw new InvalidOperationException($"{route} leaves {part.Value} open: say here what stands for it."),
        });
        using var response = await SendAsync(method, path, key, "1");
        var text = await response.Content.ReadAsStringAsync(Ct);
        return $"{response.StatusCode} {Trace().Replace(text, "")}".Replace(sessionId, "ID", StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> OpenSocketAsync(string sessionId, string key)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("blueedge.v1");
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(Silo.Http.BaseAddress!, $"api/v1/sessions/{sessionId}/socket")) { Scheme = "ws" }.Uri, Ct); // It has one.
        }
        catch (WebSocketException)
        {
            // Its status says why.
        }

        return socket.HttpStatusCode;
    }

    private async Task<string> ReadAsync(string method, string path, string key, string body = "")
    {
        using var response = await SendAsync(method, path, key, body);
        Assert.True(response.IsSuccessStatusCode, $"{method} {path} answers {response.StatusCode}.");
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private async Task<HttpStatusCode> StatusAsync(string method, string path, string? key, string body = "")
    {
        using var response = await SendAsync(method, path, key, body);
        return response.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? key, string body)
    {
        using var request = new HttpRequestMessage(new(method), new Uri(path.StartsWith('/') ? path : $"/api/v1/{path}", UriKind.Relative))
        {
            Content = method is "POST" ? new StringContent(body, Encoding.UTF8, "application/json") : null,
        };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await Silo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Open();

    [GeneratedRegex("\"traceId\":\"\\w+\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Trace();
}
