using System.Net;
using System.Text.Json;
using BlueEdge.Callers;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Keys;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Keys as they are made, listed and revoked.</summary>
public sealed class KeyTests
{
    private const string Till = """{"name": "till 7", "tenant": "blue", "roles": ["submitter", "viewer"], "expiresAt": "2999-01-31T01:00:00+01:00"}""";

    [Fact]
    public async Task A_key_is_told_once_and_kept_as_its_hash()
    {
        await using var guarded = await Guarded.StartAsync();

        var made = await guarded.AskAsync(HttpMethod.Post, "keys", Guarded.Bootstrap, Till);

        var text = made.Data.GetProperty("key").GetString()!; // Of a new key.
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(made.Response.Headers.CacheControl?.NoStore);
        Assert.True(KeyText.IsWellFormed(text) && KeyText.LooksRandom(text));
        var kept = Assert.Single(guarded.Grains.Keys.Keys);
        Assert.Equal(KeyHash.Of(text).ToString(), kept.Hash);
        Assert.Equal(("till 7", "blue", new DateTimeOffset(2999, 1, 31, 0, 0, 0, TimeSpan.Zero)), (kept.Name, kept.Tenant, kept.ExpiresAt));
        Assert.Equal([CallerRole.Submitter, CallerRole.Viewer], kept.Roles);
        var listed = await guarded.AskAsync(HttpMethod.Get, "keys", Guarded.Bootstrap);
        Assert.DoesNotContain(text, listed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(kept.Hash, listed.Text, StringComparison.Ordinal);
        var shown = Assert.Single(listed.Data.GetProperty("keys").EnumerateArray());
        Assert.Equal(["id", "name", "tenant", "roles", "createdAt", "expiresAt"], shown.EnumerateObject().Select(member => member.Name));
        Assert.Equal(made.Data.GetProperty("id").GetString(), shown.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_key_counts_from_the_answer_on_until_it_is_revoked()
    {
        await using var guarded = await Guarded.StartAsync();
        var made = await guarded.AskAsync(HttpMethod.Post, "keys", Guarded.Bootstrap, Till);
        var (text, id) = (made.Data.GetProperty("key").GetString(), made.Data.GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", text));

        var revoked = await guarded.AskAsync(HttpMethod.Delete, $"keys/{id}", Guarded.Bootstrap);

        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", text));
        var again = await guarded.AskAsync(HttpMethod.Delete, $"keys/{id}", Guarded.Bootstrap);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Contains(id!, again.Message, StringComparison.Ordinal); // As it was made.
    }

    [Theory]
    [InlineData("{}", "/name required", "/roles required")]
    [InlineData("[]", " malformed")]
    [InlineData("null", " malformed")]
    [InlineData("""{"name": "", "roles": []}""", "/name out-of-range", "/roles out-of-range")]
    [InlineData("""{"name": 7, "roles": "admin"}""", "/name malformed", "/roles malformed")]
    [InlineData("""{"name": "n", "roles": ["root", 7, null]}""", "/roles/0 malformed", "/roles/1 malformed", "/roles/2 malformed")]
    [InlineData("""{"name": "n", "roles": ["admin", "admin"]}""", "/roles/1 duplicate-name")]
    [InlineData("""{"name": "n", "roles": ["admin"], "tenant": "Blue", "expiresAt": "tomorrow"}""", "/tenant malformed", "/expiresAt malformed")]
    [InlineData("""{"name": "n", "roles": ["admin"], "expiresAt": "2020-01-01T00:00:00Z"}""", "/expiresAt out-of-range")]
    public async Task All_that_is_wrong_with_a_wish_is_named_and_nothing_is_made(string body, params string[] faults)
    {
        await using var guarded = await Guarded.StartAsync();

        var refused = await guarded.AskAsync(HttpMethod.Post, "keys", Guarded.Bootstrap, body);

        refused.HasFaults([.. faults.Select(fault => (fault.Split(' ')[0], fault.Split(' ')[1]))]);
        Assert.Empty(guarded.Grains.Keys.Keys);
    }

    [Fact]
    public async Task Beyond_a_thousand_keys_none_is_made()
    {
        await using var guarded = await Guarded.StartAsync();
        for (var i = 0; i < IKeyRegistryGrain.MostKeys; i++)
        {
            await guarded.Grains.Keys.AddAsync(new() { Id = $"key-{i}", Hash = new string('0', 56) + i.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), Name = "n", Roles = [], CreatedAt = default }, TestContext.Current.CancellationToken);
        }

        var refused = await guarded.AskAsync(HttpMethod.Post, "keys", Guarded.Bootstrap, Till);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("revoke", refused.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("POST", "keys"), InlineData("GET", "keys"), InlineData("DELETE", "keys/key-1")]
    public async Task Where_callers_are_not_told_apart_there_are_no_keys(string method, string path)
    {
        await using var gateway = await StubGateway.StartAsync();
        using var request = new HttpRequestMessage(new(method), path) { Content = method == "POST" ? HttpClientExtensions.Json(System.Text.Encoding.UTF8.GetBytes(Till)) : null };

        var refused = await Answer.OfAsync(await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("BlueEdge:Auth:Mode=Keys", refused.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Grains.Keys.Keys);
    }

    [Fact]
    public async Task What_a_key_calls_is_on_behalf_of_its_tenant()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(CallerRole.Submitter, tenant: "blue");
        List<string> tenants = [];
        guarded.Grains.Trouble = call =>
        {
            if (call is "SubmitAsync")
            {
                tenants.Add(Caller.Current.Tenant);
            }

            return Task.CompletedTask;
        };

        await guarded.AskAsync(HttpMethod.Post, "process-single-engine", key, """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}}}""");

        Assert.Equal(["blue"], tenants);
    }

    [Fact]
    public async Task Neither_a_log_nor_the_system_shows_a_key()
    {
        AllLog log = new();
        await using var guarded = await Guarded.StartAsync(services: log.Keep);
        var made = await guarded.AskAsync(HttpMethod.Post, "keys", Guarded.Bootstrap, Till);
        var text = made.Data.GetProperty("key").GetString()!; // Of a new key.
        await guarded.StatusAsync(HttpMethod.Get, "engines", text);
        await guarded.StatusAsync(HttpMethod.Get, "keys", text);
        await guarded.StatusAsync(HttpMethod.Get, "engines", Guarded.Text());
        await guarded.StatusAsync(HttpMethod.Get, "engines", "be_canary");
        var system = await guarded.AskAsync(HttpMethod.Get, "system", Guarded.Bootstrap);

        Assert.NotEmpty(log.Lines);
        Assert.DoesNotContain(log.Lines, line => line.Contains("canary", StringComparison.OrdinalIgnoreCase) || line.Contains(text, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", system.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(JsonValueKind.False, system.Data.GetProperty("open").ValueKind);
    }
}
