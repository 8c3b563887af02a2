using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BlueEdge.Gateway.Tests.Fuzzing;

/// <summary>Makes requests of the API's own document: its addresses, methods, parameters and bodies, in order or not.</summary>
/// <param name="document">The OpenAPI document.</param>
/// <param name="sessions">Sessions that there are, to be asked for.</param>
/// <param name="deliveries">Deliveries of webhooks that there are, to be asked for.</param>
/// <param name="random">Decides: the same numbers make the same requests.</param>
internal sealed partial class RequestGenerator(JsonElement document, ConcurrentBag<string> sessions, ConcurrentBag<string> deliveries, Random random)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("Accept", ["*/*", "text/html", "application/xml;q=1", "", "text/event-stream", "text/event-stream", "text/event-stream;q=0, */*"]),
        ("Last-Event-ID", ["1", "0", "1:0", "1:1", "2:0", "end", ""]),
        ("Accept-Encoding", ["gzip", "GZIP, br;q=0", "*"]),
        ("Idempotency-Key", ["a", "b", "c", "", " ", "é", new('k', 255), new('k', 256)]),
        ("Range", ["bytes=0-", "bytes=0-0", "bytes=5-1", "bytes=-1", "bytes=999999-", "lines=1-2"]),
        ("If-None-Match", ["*", "\"a\""]),
        ("If-Modified-Since", ["Tue, 24 Nov 2026 10:00:00 GMT", "yesterday"]),
        ("Content-Encoding", ["gzip", "Identity", "identity, identity"]),
        ("Expect", ["100-continue", "200-ok"]),
        ("X-Forwarded-For", ["1.2.3.4"]),
        ("X-HTTP-Method-Override", ["DELETE"]),
    ];

    private static readonly string[] ContentTypes =
        ["application/json", "application/json", "application/json", "APPLICATION/JSON; charset=\"UTF-8\"", "application/json; charset=us-ascii", "application/json; charset=utf-16", "text/plain", "application/problem+json", "a"];

    private readonly List<(string Path, string Method, JsonElement Operation)> _operations =
        [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(each => (path.Name, each.Name.ToUpperInvariant(), each.Value)))];

    private readonly BodyGenerator _bodies = new(document, random);

    public FuzzRequest Make()
    {
        var (path, method, operation) = Pick(_operations);
        if (path.Contains("{deliveryId}", StringComparison.Ordinal) && deliveries.TryPeek(out var delivery) && !Rarely())
        {
            path = path.Replace("{deliveryId}", delivery, StringComparison.Ordinal).Replace("{sessionId}", delivery.Split('-')[0], StringComparison.Ordinal);
        }

        byte[]? body = null;
        List<(string, string)> headers = [];
        if (operation.TryGetProperty("requestBody", out var expected))
        {
            var isJson = expected.GetProperty("content").TryGetProperty("application/json", out var json);
            body = isJson ? _bodies.Make(json) : Content();
            headers.Add(("Content-Type", Rarely() ? Pick(ContentTypes) : isJson ? "application/json" : "application/octet-stream"));
        }
        else if (Rarely())
        {
            body = [.. "{}"u8];
        }

        method = Rarely() ? Pick(Methods) : method;
        for (var more = random.Next(3); more > 0; more--)
        {
            var (name, values) = Pick(Headers);
            headers.Add((name, Rarely() ? Pick(Hostile.Text) : Pick(values)));
        }

        // A client sends no body with these.
        body = method is "TRACE" ? null : body;
        return new(method, Place().Replace(path, step => Fill(step.Value)) + MakeQuery(operation), headers, body, random.Next(4) == 0);
    }

    /// <summary>What an upload may be: anything.</summary>
    private byte[] Content()
    {
        var content = new byte[random.Next(2_000)];
        random.NextBytes(content);
        return content;
    }

    private string MakeQuery(JsonElement operation)
    {
        var query = !operation.TryGetProperty("parameters", out var all) ? [] : all.EnumerateArray()
            .Where(parameter => parameter.GetProperty("in").GetString() is "query" && random.Next(3) == 0)
            .Select(parameter => $"{parameter.GetProperty("name").GetString()}={ValueOf(parameter)}")
            .ToList();
        if (Rarely())
        {
            query.Add($"{Uri.EscapeDataString(Pick(Hostile.Text))}={Uri.EscapeDataString(Pick(Hostile.Text))}");
        }

        return query.Count == 0 ? "" : $"?{string.Join('&', Rarely() ? [.. query, .. query] : query)}";
    }

    private string ValueOf(JsonElement parameter) => Rarely() ? Uri.EscapeDataString(Pick(Hostile.Text))
        : parameter.GetProperty("name").GetString() switch
        {
            "status" => Pick(["finished", "failed", "pending"]),
            "engine" => Pick(["hello", "relay"]),
            "channel" => Pick(["Result", "Final", "a"]),
            _ => $"{random.Next(1, 4)}",
        };

    private string Fill(string step) => Rarely() ? Pick([Written(Pick(Hostile.Text)), Uri.EscapeDataString(Pick(Hostile.Text))])
        : step switch
        {
            "{sessionId}" => sessions.TryPeek(out var session) ? session : new('0', 32),
            "{channel}" => Pick(["Result", "Final", "a", "a%2Fb"]),
            _ => $"{random.Next(3)}",
        };

    /// <summary>As it is, but for what the client would not send.</summary>
    private static string Written(string text) =>
        Ascii.IsValid(text) ? text.Replace(" ", "%20", StringComparison.Ordinal) : Uri.EscapeDataString(text);

    private bool Rarely() => random.Next(8) == 0;

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 1_000)]
    private static partial Regex Place();
}
