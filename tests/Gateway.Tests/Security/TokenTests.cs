using System.Net;
using System.Text.Json.Nodes;
using BlueEdge.Callers;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Tokens that count, and what they say of their callers.</summary>
public sealed class TokenTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Theory, InlineData("RS256"), InlineData("PS256"), InlineData("ES256")]
    public async Task A_token_counts_whichever_way_its_issuer_signs(string algorithm)
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.Keys = [algorithm is "ES256" ? IssuerKey.Ec("one") : IssuerKey.Rsa("one", algorithm)];
        await using var guarded = await Guarded.StartAsync(issuer);

        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Token(Now)));
    }

    [Fact]
    public async Task Keys_and_tokens_count_side_by_side()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer);

        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Token(Now)));
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", await guarded.AddAsync()));
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "keys", issuer.Token(Now)));
        var nobody = await guarded.AskAsync(HttpMethod.Get, "engines", key: null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Contains(issuer.Address, nobody.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_tokens_count_there_are_no_keys()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer, mode: "Oidc");

        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Token(Now)));
        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", await guarded.AddAsync()));
        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", Guarded.Bootstrap));
        Assert.Equal(HttpStatusCode.Conflict, await guarded.StatusAsync(HttpMethod.Get, "keys", issuer.Token(Now)));
    }

    [Theory]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("submitter", HttpStatusCode.OK)]
    [InlineData("operator", HttpStatusCode.Forbidden)]
    [InlineData("admin", HttpStatusCode.OK)]
    public async Task A_token_opens_what_its_role_does_on_behalf_of_its_tenant(string role, HttpStatusCode status)
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer);
        List<string> tenants = [];
        guarded.Grains.Trouble = call =>
        {
            if (call is "SubmitAsync")
            {
                tenants.Add(Caller.Current.Tenant);
            }

            return Task.CompletedTask;
        };

        var answer = await guarded.AskAsync(HttpMethod.Post, "process-single-engine", issuer.Token(Now, role, "blue"), """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}}}""");

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? ["blue"] : [], tenants);
    }

    [Theory]
    [InlineData("""{"roles": "openid admin"}""", HttpStatusCode.OK)]
    [InlineData("""{"roles": ["offline_access", "admin"]}""", HttpStatusCode.OK)]
    [InlineData("""{"roles": ["admin", 7, null]}""", HttpStatusCode.OK)]
    [InlineData("""{"roles": ["root"]}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"roles": []}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"roles": null}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"roles": {"admin": true}}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"roles": "Admin"}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"roles": ["3"]}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"tenant": null}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"tenant": ""}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"tenant": "Blue"}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"tenant": ["blue", "red"]}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"tenant": "../default"}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"sub": null}""", HttpStatusCode.Forbidden)]
    [InlineData("""{"sub": null, "client_id": "till"}""", HttpStatusCode.OK)]
    public async Task A_token_that_says_of_nobody_what_they_may_is_refused_with_the_reason(string claims, HttpStatusCode status)
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer);
        var all = issuer.Claims(Now);
        foreach (var (name, value) in JsonNode.Parse(claims)!.AsObject()) // It is one.
        {
            all[name] = value?.DeepClone();
        }

        var answer = await guarded.AskAsync(HttpMethod.Get, "engines", issuer.Keys[0].Sign(all));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status is HttpStatusCode.Forbidden ? "Bearer realm=\"BlueEdge\", error=\"insufficient_scope\"" : "", answer.Response.Headers.WwwAuthenticate.ToString());
        Assert.True(status is HttpStatusCode.OK || answer.Message.StartsWith("The token ", StringComparison.Ordinal), answer.Message);
    }

    [Fact]
    public async Task Claims_have_the_names_that_are_set_paths_too()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer, settings: [("BlueEdge:Auth:Oidc:TenantClaim", "https://example.com/tenant"), ("BlueEdge:Auth:Oidc:RolesClaim", "realm_access.roles")]);
        var claims = issuer.Claims(Now);
        claims["https://example.com/tenant"] = "red";
        claims["realm_access"] = new JsonObject { ["roles"] = new JsonArray("viewer") };

        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Keys[0].Sign(claims)));
        Assert.Equal(HttpStatusCode.Forbidden, await guarded.StatusAsync(HttpMethod.Get, "keys", issuer.Keys[0].Sign(claims)));
        Assert.Equal(HttpStatusCode.Forbidden, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Token(Now)));
    }

    [Fact]
    public async Task Of_many_wrong_tokens_twenty_are_told_why_and_a_good_one_passes_all_the_same()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer);
        Dictionary<HttpStatusCode, int> statuses = [];

        for (var i = 0; i < 40; i++)
        {
            var status = await guarded.StatusAsync(HttpMethod.Get, "engines", IssuerKey.Ec("one").Sign(issuer.Claims(Now)), from: "192.0.2.7");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }

        Assert.Equal(new() { [HttpStatusCode.Unauthorized] = 20, [HttpStatusCode.TooManyRequests] = 20 }, statuses);
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Token(Now), from: "192.0.2.7"));
    }

    [Fact]
    public async Task Neither_a_log_nor_an_answer_shows_a_token()
    {
        AllLog log = new();
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await Guarded.StartAsync(issuer, services: log.Keep);
        var claims = issuer.Claims(Now, "viewer");
        List<string> tokens = [issuer.Token(Now), issuer.Keys[0].Sign(claims), IssuerKey.Ec("two").Sign(claims), IssuerKey.Other.Sign(claims), issuer.Token(Now.AddDays(-1)), issuer.Token(Now, "root")];

        foreach (var token in tokens)
        {
            var answer = await guarded.AskAsync(HttpMethod.Get, "keys", token);

            Assert.DoesNotContain(token.Split('.')[2], answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(log.Lines, line => token.Split('.').Any(part => line.Contains(part, StringComparison.Ordinal)));
        }
    }
}
