using BlueEdge.Outbound.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Webhooks.Tests.Outbound;

public sealed class OutboundOptionsTests
{
    [Theory]
    [InlineData("Allow", "10.1.0.0/33", "'10.1.0.0/33' is no network")]
    [InlineData("Allow", "10.1.2.3/16", "with nothing set behind the prefix")]
    [InlineData("Allow", "127.1", "'127.1' is no network, address or host")]
    [InlineData("Allow", "::1; http://hooks.internal", "'http://hooks.internal' is no network")]
    [InlineData("Allow", "hooks.internal:80", "'hooks.internal:80' is no network")]
    [InlineData("Allow", "*", "'*' is no network")]
    [InlineData("DeniedPorts", "80, 81", "'80, 81' is no port")]
    [InlineData("AllowedPorts", "22; 65536", "'65536' is no port")]
    [InlineData("Timeout", "00:00:00", "BlueEdge:Outbound:Timeout")]
    [InlineData("ConnectionLifetime", "-00:00:01", "BlueEdge:Outbound:ConnectionLifetime")]
    public void What_makes_no_sense_is_told_at_the_start(string name, string value, string told)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new($"BlueEdge:Outbound:{name}", value)]).Build());
        services.AddOutboundClient();
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        var failure = Assert.Single(error.Failures);
        Assert.Contains(told, failure, StringComparison.Ordinal);
        Assert.StartsWith($"BlueEdge:Outbound:{name}", failure, StringComparison.Ordinal);
    }
}
