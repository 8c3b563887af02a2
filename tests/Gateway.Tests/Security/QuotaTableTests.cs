using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Quotas;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What the configuration says of quotas.</summary>
public sealed class QuotaTableTests
{
    [Fact]
    public void What_a_tenant_does_not_say_is_as_by_default()
    {
        using var table = Table(
            AuthMode.None,
            ("BlueEdge:Quotas:Default:SubmissionsPerSecond", "7.5"), ("BlueEdge:Quotas:Default:OpenSessions", "9"), ("BlueEdge:Quotas:Tenants:blue:OpenSessions", "3"),
            ("BlueEdge:Quotas:Tenants:red:OpenSessions", "0"));

        Assert.Equal(new QuotaLimits { SubmissionsPerSecond = 7.5, OpenSessions = 9 }, table.Of("other"));
        Assert.Equal(new QuotaLimits { SubmissionsPerSecond = 7.5, OpenSessions = 3 }, table.Of("blue"));
        Assert.Equal(new QuotaLimits { SubmissionsPerSecond = 7.5 }, table.Of("red"));
    }

    [Theory, InlineData(AuthMode.None, true), InlineData(AuthMode.Keys, false), InlineData(AuthMode.Oidc, false)]
    public void Without_settings_only_those_are_limited_who_are_told_apart(AuthMode mode, bool isFree)
    {
        using var table = Table(mode);

        Assert.Equal(isFree, table.Of("blue") == QuotaLimits.None);
    }

    [Fact]
    public void A_change_counts_at_once_and_one_that_makes_no_sense_not_at_all()
    {
        var configuration = Configuration(("BlueEdge:Quotas:Default:OpenSessions", "9"));
        using QuotaTable table = new(configuration, Options.Create(new AuthOptions()), NullLogger<QuotaTable>.Instance);

        configuration["BlueEdge:Quotas:Default:OpenSessions"] = "8";
        configuration.Reload();
        Assert.Equal(8, table.Of("blue").OpenSessions);

        configuration["BlueEdge:Quotas:Default:OpenSessions"] = "many";
        configuration.Reload();
        Assert.Equal(8, table.Of("blue").OpenSessions);
    }

    [Theory]
    [InlineData("BlueEdge:Quotas:Tenants:Blue Sky:OpenSessions", "1", "is no tenant")]
    [InlineData("BlueEdge:Quotas:Tenants:blue:OpnSessions", "1", "There are: SubmissionsPerSecond")]
    [InlineData("BlueEdge:Quotas:Tenants:blue:OpenSessions", "few", "BlueEdge:Quotas:Tenants:blue:OpenSessions is 'few'")]
    [InlineData("BlueEdge:Quotas:Tenants:blue:OpenSessions", "-1", "BlueEdge:Quotas:Tenants:blue:OpenSessions")]
    public void What_makes_no_sense_is_told(string path, string value, string said)
    {
        var result = new QuotaCheck(Configuration((path, value))).Validate(null, new());

        Assert.Contains(result.Failures ?? [], failure => failure.Contains(said, StringComparison.Ordinal));
    }

    private static QuotaTable Table(AuthMode mode, params (string Path, string Value)[] settings) =>
        new(Configuration(settings), Options.Create(new AuthOptions { Mode = mode }), NullLogger<QuotaTable>.Instance);

    private static IConfigurationRoot Configuration(params (string Path, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value))).Build();
}
