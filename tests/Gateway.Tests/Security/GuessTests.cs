using System.Net;
using BlueEdge.Gateway.Auth;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Wrong keys, one after the other.</summary>
public sealed class GuessTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Of_a_thousand_guesses_twenty_are_looked_at_and_a_good_key_passes_all_the_same()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync();
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", key, from: "192.0.2.7"));
        var asked = guarded.Grains.Keys.Asked;
        Dictionary<HttpStatusCode, int> statuses = [];

        for (var i = 0; i < 1_000; i++)
        {
            using var response = await guarded.SendAsync(HttpMethod.Get, "engines", Guarded.Text(), from: "192.0.2.7");
            statuses[response.StatusCode] = statuses.GetValueOrDefault(response.StatusCode) + 1;
            Assert.True(response.StatusCode is HttpStatusCode.Unauthorized || response.Headers.RetryAfter?.Delta is { TotalSeconds: >= 1 and <= 60 });
        }

        Assert.Equal(new() { [HttpStatusCode.Unauthorized] = 20, [HttpStatusCode.TooManyRequests] = 980 }, statuses);
        Assert.InRange(guarded.Grains.Keys.Asked - asked, 0, 20);
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", key, from: "192.0.2.7"));
        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", Guarded.Text(), from: "192.0.2.8"));
        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", key: null, from: "192.0.2.7"));
    }

    [Theory]
    [InlineData("Basic Zm9vOmJhcg==", HttpStatusCode.Unauthorized, false)]
    [InlineData("Bearer", HttpStatusCode.Unauthorized, true)]
    [InlineData("Bearer be_", HttpStatusCode.Unauthorized, true)]
    [InlineData("be_canary", HttpStatusCode.Unauthorized, false)]
    [InlineData("Bearer *", HttpStatusCode.Unauthorized, true)]
    public async Task What_is_no_key_is_refused(string header, HttpStatusCode status, bool isCounted)
    {
        await using var guarded = await Guarded.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "engines");
        request.Headers.TryAddWithoutValidation("Authorization", header);

        using var response = await guarded.Gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(isCounted, response.Headers.WwwAuthenticate.Single().Parameter?.Contains("invalid_token", StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_has_twenty_wrong_keys_in_each_minute()
    {
        var failures = Create();
        Assert.Null(Fail(failures, "192.0.2.7", 19));

        Assert.Equal(TimeSpan.FromMinutes(1), Fail(failures, "192.0.2.7", 1));

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), failures.WaitOf(IPAddress.Parse("192.0.2.7")));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(failures.WaitOf(IPAddress.Parse("192.0.2.7")));
        Assert.Null(Fail(failures, "192.0.2.7", 19));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("0.0.0.1", "0:0:0:1::", false)]
    public void Addresses_that_one_caller_has_count_as_one(string one, string other, bool isSame)
    {
        var failures = Create();
        Fail(failures, one, FailedAuthentications.Most);

        Assert.Equal(isSame, failures.WaitOf(IPAddress.Parse(other)) is not null);
    }

    [Fact]
    public void So_many_addresses_are_remembered_and_no_more()
    {
        var failures = Create();
        for (var i = 0; i < 3 * FailedAuthentications.MostAddresses; i++)
        {
            failures.Add(new IPAddress(0x0A000000 + i));
        }

        Assert.Equal(FailedAuthentications.MostAddresses, failures.Addresses);
        _time.Advance(TimeSpan.FromMinutes(1));
        failures.Add(IPAddress.Loopback);
        Assert.Equal(1, failures.Addresses);
    }

    private FailedAuthentications Create() => new(_time, NullLogger<FailedAuthentications>.Instance);

    private static TimeSpan? Fail(FailedAuthentications failures, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            failures.Add(IPAddress.Parse(address));
        }

        return failures.WaitOf(IPAddress.Parse(address));
    }
}
