using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Tests.Security;

public sealed class BootstrapKeyTests
{
    [Theory]
    [InlineData(AuthMode.Keys, null, null)]
    [InlineData(AuthMode.Keys, "", null)]
    [InlineData(null, null, null)]
    [InlineData(AuthMode.Keys, Guarded.Bootstrap, null)]
    [InlineData(AuthMode.None, Guarded.Bootstrap, "set BlueEdge:Auth:Mode=Keys")]
    [InlineData(null, Guarded.Bootstrap, "set BlueEdge:Auth:Mode=Keys")]
    [InlineData(AuthMode.Keys, "canary", "is no key")]
    [InlineData(AuthMode.Keys, "be_CanaryX7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yKw ", "is no key")]
    [InlineData(AuthMode.Keys, "be_CanaryX7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yK+w", "is no key")]
    [InlineData(AuthMode.Keys, "be_canarycanarycanarycanarycanarycanarycanaryc", "could be guessed")]
    [InlineData(AuthMode.Keys, "be_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "could be guessed")]
    [InlineData(AuthMode.Keys, "be_AQIDAQIDAQIDAQIDAQIDAQIDAQIDAQIDAQIDAQIDAQI", "could be guessed")]
    public void One_that_could_be_guessed_or_that_nobody_is_asked_for_is_refused_and_not_shown(AuthMode? mode, string? key, string? why)
    {
        var result = new BootstrapKeyCheck().Validate(name: null, new() { Mode = mode, BootstrapKey = key });

        Assert.Equal(why is null, result.Succeeded);
        if (why is not null)
        {
            Assert.Contains(why, result.FailureMessage, StringComparison.Ordinal);
            Assert.StartsWith("BlueEdge:Auth:BootstrapKey ", result.FailureMessage, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", result.FailureMessage, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void What_is_made_by_chance_passes()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var key = KeyText.Create();
            Assert.True(KeyText.IsWellFormed(key) && KeyText.LooksRandom(key), key);
        }
    }

    [Fact]
    public async Task A_mode_that_comes_too_late_to_be_kept_is_refused_and_not_open()
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => StubGateway.StartAsync(services: services => services.Configure<AuthOptions>(auth => auth.Mode = AuthMode.Keys)));

        Assert.Contains("set it in the configuration", refused.Message, StringComparison.Ordinal);
    }
}
