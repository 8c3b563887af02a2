using System.Net.Http.Headers;
using System.Text;
using BlueEdge.Callers;
using BlueEdge.Gateway.Tests.Sockets;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What a gateway logs, at every level, and what it tells in answers and in the audit has nobody's secrets in it, whichever way they come.</summary>
public sealed class SecretLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_and_tokens_are_in_no_line_wherever_a_caller_puts_them()
    {
        AllLog log = new();
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer, services: log.Keep);
        var key = await guarded.AddAsync(CallerRole.Admin);
        string[] secrets = [Guarded.Bootstrap, key, Guarded.Text(), issuer.Token(TimeProvider.System.GetUtcNow()), IssuerKey.Other.Sign(issuer.Claims(TimeProvider.System.GetUtcNow()))];
        var session = SessionIds.Create();
        guarded.Grains.Session(session).Begin();

        foreach (var secret in secrets)
        {
            foreach (var operation in await guarded.OperationsAsync())
            {
                using var response = await guarded.SendAsync(operation.Method, operation.Path(session), secret);
                Assert.DoesNotContain(secret, operation.Id is "makeKey" ? "" : await HeadAsync(response), StringComparison.Ordinal);
            }

            await GetAsync(guarded, $"sessions?access_token={secret}&key={secret}", secret);
            await GetAsync(guarded, $"sessions?cursor={secret}", Guarded.Bootstrap);
            await GetAsync(guarded, "sessions", $"{secret} {secret}");
            await GetAsync(guarded, "sessions", $" {secret}");
            await GetAsync(guarded, "sessions", secret, "Basic");
            await GetAsync(guarded, "sessions", Convert.ToBase64String(Encoding.UTF8.GetBytes($":{secret}")), "Basic");
            await using var socket = await SocketClient.OpenAsync(guarded.Gateway.Http, session, $"?access_token={secret}", key: secret);
        }

        await guarded.AskAsync(HttpMethod.Get, "audit", Guarded.Bootstrap);
        Assert.NotEmpty(guarded.Grains.Audit.Records);
        foreach (var part in secrets.SelectMany(secret => secret.Split('.')).Where(part => part.Length > 20))
        {
            Assert.DoesNotContain(log.Lines, line => line.Contains(part, StringComparison.Ordinal) && !IsQuery(line));
            Assert.DoesNotContain(guarded.Grains.Audit.Records, record => $"{record}".Contains(part, StringComparison.Ordinal));
        }
    }

    /// <summary>The server's own line for each request shows the whole address, below the level of any configuration of ours.</summary>
    private static bool IsQuery(string line) => line.StartsWith("Request ", StringComparison.Ordinal);

    private static async Task<string> HeadAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is "text/event-stream" ? "" : $"{response.Headers} {await response.Content.ReadAsStringAsync(Ct)}";

    private static async Task GetAsync(Guarded guarded, string path, string parameter, string scheme = "Bearer")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Authorization", $"{new AuthenticationHeaderValue(scheme)} {parameter}");
        using var response = await guarded.Gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }
}
