using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Guards;

/// <summary>
/// The names by which the process may be called. A web page whose own name is made to mean this machine (DNS rebinding) calls it
/// by that name, and would be of the same origin.
/// </summary>
internal sealed class AllowedHosts(IOptions<HttpGuardOptions> options, IConfiguration configuration)
{
    private readonly string[] _names =
    [
        .. options.Value.Hosts.Select(Trim),
        .. ListenAddresses.Of(configuration).Where(address => !address.IsEverywhere).Select(address => Trim(address.Host)),
    ];

    /// <param name="host">What the request says.</param>
    /// <param name="reached">The address at which the connection arrived.</param>
    public bool Contain(HostString host, IPAddress? reached)
    {
        var name = Trim(host.Host);
        return name.Length > 0 && (IsLoopback(name) || IsAddress(name, reached) || Array.Exists(_names, allowed => Matches(allowed, name)));
    }

    private static bool IsLoopback(string name) =>
        name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(name, out var address) && IPAddress.IsLoopback(address));

    private static bool IsAddress(string name, IPAddress? reached) =>
        reached is not null && IPAddress.TryParse(name, out var address) && Plain(address).Equals(Plain(reached));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static bool Matches(string allowed, string name) =>
        allowed is "*"
        || allowed.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (allowed.StartsWith("*.", StringComparison.Ordinal) && name.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase) && name.Length >= allowed.Length);

    /// <summary>Without the brackets of IPv6, and the dot that ends a whole name.</summary>
    private static string Trim(string host) => host.Trim('[', ']').TrimEnd('.');
}
