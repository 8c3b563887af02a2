using System.Net;
using BlueEdge.Hosting.Guards;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Tests.Http;

/// <summary>A process that listens on all addresses, and has the names below one domain.</summary>
public sealed class AllowedHostsTests
{
    private static readonly IPAddress Reached = IPAddress.Parse("192.0.2.7");

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.7:5080", true)]
    [InlineData("[::ffff:192.0.2.7]", true)]
    [InlineData("192.0.2.8", false)]
    public void The_address_that_a_call_came_to_is_a_name_of_the_process_and_no_other_is(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, Create().Contain(new(host), Reached));

    [Theory]
    [InlineData("a.example.org", true)]
    [InlineData("a.b.EXAMPLE.org.", true)]
    [InlineData("evilexample.org", false)]
    [InlineData("example.org", false)]
    [InlineData("a.example.org.evil.example", false)]
    public void What_a_star_stands_for_ends_with_a_dot(string host, bool isAllowed) =>
        Assert.Equal(isAllowed, Create().Contain(new(host), Reached));

    private static AllowedHosts Create() => new(
        Options.Create(new HttpGuardOptions { AllowedHosts = "*.example.org" }),
        new ConfigurationBuilder().AddInMemoryCollection([new("urls", "http://*:5080")]).Build());
}
