using System.Net;
using BlueEdge.Gateway.Auth.Tokens;
using BlueEdge.Gateway.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>The issuer's keys: they change, and their issuer comes and goes.</summary>
public sealed class IssuerTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task A_key_that_is_new_is_found_by_the_first_token_that_is_signed_with_it()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await StartAsync(issuer);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
        var former = issuer.Token(Now);
        _time.Advance(IssuerKeys.Pause);

        issuer.Keys = [IssuerKey.Ec("two")];

        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(guarded, former));
    }

    [Fact]
    public async Task A_key_that_is_withdrawn_is_refused_once_the_keys_are_read_anew()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await StartAsync(issuer);
        var former = issuer.Keys[0];
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
        issuer.Keys = [IssuerKey.Ec("two")];
        var read = issuer.NextReadAsync();

        for (var patience = 0; !read.IsCompleted; patience++)
        {
            // Who follows the issuer may not yet have begun to wait.
            _time.Advance(TimeSpan.FromMinutes(15));
            await Task.WhenAny(read, Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Ct));
            Assert.InRange(patience, 0, 600);
        }

        await guarded.Gateway.Services.GetRequiredService<IssuerKeys>().RefreshAsync(Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(guarded, former.Sign(issuer.Claims(Now))));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
    }

    [Fact]
    public async Task A_flood_of_keys_that_never_were_asks_the_issuer_once_in_a_while()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await StartAsync(issuer);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
        var (asked, wrong) = (issuer.Asked, IssuerKey.Ec("none"));

        for (var round = 1; round <= 3; round++)
        {
            _time.Advance(IssuerKeys.Pause);
            var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => AskAsync(guarded, (wrong with { Id = $"none-{round}-{number}" }).Sign(issuer.Claims(Now)))));

            Assert.All(statuses, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
            Assert.Equal(asked + round, issuer.Asked);
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
    }

    [Fact]
    public async Task An_address_that_has_sent_many_wrong_tokens_has_the_issuer_asked_for_nothing()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await StartAsync(issuer);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", "garbage", from: "192.0.2.7"));
        }

        var asked = issuer.Asked;
        _time.Advance(IssuerKeys.Pause);

        Assert.Equal(HttpStatusCode.TooManyRequests, await guarded.StatusAsync(HttpMethod.Get, "engines", IssuerKey.Ec("none").Sign(issuer.Claims(Now)), from: "192.0.2.7"));
        Assert.Equal(asked, issuer.Asked);
    }

    [Fact]
    public async Task An_issuer_that_is_down_at_the_start_is_found_when_it_is_back()
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.IsDown = true;
        await using var guarded = await StartAsync(issuer);
        var refused = await guarded.AskAsync(HttpMethod.Get, "engines", issuer.Token(Now));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Response.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, Guarded.Bootstrap));

        issuer.IsDown = false;
        _time.Advance(IssuerKeys.PauseAfterFailure);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
    }

    [Fact]
    public async Task Keys_that_are_known_count_for_a_day_while_their_issuer_is_down()
    {
        await using var issuer = await Issuer.StartAsync();
        await using var guarded = await StartAsync(issuer);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));
        issuer.IsDown = true;

        Assert.Equal(TimeSpan.FromDays(1), IssuerKeys.Trust);
        _time.Advance(IssuerKeys.Trust - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(guarded, issuer.Token(Now)));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(guarded, issuer.Token(Now)));
    }

    [Fact]
    public async Task A_document_that_is_of_another_issuer_makes_no_token_count()
    {
        await using var issuer = await Issuer.StartAsync();
        issuer.SaysItIs = "https://another.example.com";
        await using var guarded = await StartAsync(issuer);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(guarded, issuer.Token(Now)));
    }

    [Theory]
    [InlineData("http://192.0.2.7/keys")]
    [InlineData("http://localhost.example.com/keys")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/keys")]
    public async Task What_an_issuer_points_to_is_read_only_where_nobody_can_change_it_on_the_way(string address)
    {
        using IssuerDocuments documents = new(Options.Create(new OidcOptions()));

        await Assert.ThrowsAsync<BlueEdgeException>(() => documents.GetDocumentAsync(address, Ct));
    }

    [Theory]
    [InlineData("", "", "", "", null)]
    [InlineData("Oidc", "", "", "", "Issuer is missing")]
    [InlineData("", "https://id.example.com", "blueedge", "", "nobody is asked for a token")]
    [InlineData("None", "https://id.example.com", "blueedge", "", "nobody is asked for a token")]
    [InlineData("Oidc", "https://id.example.com", "", "", "Audience is missing")]
    [InlineData("Keys", "https://id.example.com/realms/one", "blueedge", "", null)]
    [InlineData("oidc", "https://id.example.com", "blueedge", "", null)]
    [InlineData("Oidc", "http://127.0.0.1:8080", "blueedge", "", null)]
    [InlineData("Oidc", "http://id.example.com", "blueedge", "", "use https")]
    [InlineData("Oidc", "id.example.com", "blueedge", "", "no address")]
    [InlineData("Oidc", "file:///etc/passwd", "blueedge", "", "no address")]
    [InlineData("Oidc", "https://id.example.com", "blueedge", "http://id.cluster.local/metadata", "MetadataAddress is 'http://id.cluster.local/metadata', where")]
    [InlineData("Oidc", "http://id.example.com", "blueedge", "https://id.cluster.local/metadata", null)]
    public void An_issuer_whose_tokens_nobody_could_check_is_refused_at_the_start(string mode, string issuer, string audience, string metadata, string? why)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("BlueEdge:Auth:Mode", mode)]).Build();

        var result = new OidcCheck(configuration).Validate(name: null, new() { Issuer = issuer, Audience = audience, MetadataAddress = metadata });

        Assert.Equal(why is null, result.Succeeded);
        Assert.Contains(why ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private Task<Guarded> StartAsync(Issuer issuer) => Guarded.StartAsync(issuer, new FakeGrains { Time = _time });

    private static Task<HttpStatusCode> AskAsync(Guarded guarded, string token) => guarded.StatusAsync(HttpMethod.Get, "engines", token);
}
