using System.Net;
using BlueEdge.Validation;

namespace BlueEdge.Outbound;

/// <summary>
/// Says which addresses may be called, as <see cref="OutboundOptions"/> set it. Pure: the same rules say at submission what can be
/// told from an address as it is written, and at each connection what its host has been resolved to.
/// </summary>
/// <param name="options">The operator's settings; entries in them that make no sense allow and deny nothing.</param>
public sealed class OutboundRules(OutboundOptions options)
{
    // What servers take.
    private const int LongestUrl = 8 * 1024;

    private const string Remedy = $"The operator may list it in {OutboundOptions.Section}:{nameof(OutboundOptions.Allow)}.";

    private readonly AllowList _allow = new(options.Allow);
    private readonly PortList _allowedPorts = new(options.AllowedPorts);
    private readonly PortList _deniedPorts = new(options.DeniedPorts);
    private readonly bool _allowHttp = options.AllowHttp;

    /// <summary>The rules without any settings.</summary>
    internal static OutboundRules Default { get; } = new(new());

    /// <summary>All that can be told to be wrong with an address before its host is resolved.</summary>
    public IEnumerable<OutboundRefusal> RefusalsOf(Uri url)
    {
        if (url is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return new(OutboundReason.Scheme, "An absolute http or https address is required.");
            yield break;
        }

        if (url.OriginalString.Length > LongestUrl)
        {
            yield return new(OutboundReason.Length, $"An address has at most {LongestUrl} characters.");
        }

        if (url.UserInfo.Length > 0)
        {
            yield return new(OutboundReason.UserInfo, "An address has no user and no password in it; send them as a header.");
        }

        if (url.Fragment.Length > 0)
        {
            yield return new(OutboundReason.Fragment, "An address to call has no fragment, which is never sent; remove what begins with '#'.");
        }

        if ((ForeignPorts.Has(url.Port) || _deniedPorts.Has(url.Port)) && !_allowedPorts.Has(url.Port))
        {
            yield return new(OutboundReason.Port, $"Port {url.Port} is not called: it is another protocol's, or the operator denies it.");
        }

        if (UrlHost.Of(url) is not { } host)
        {
            yield return new(OutboundReason.Host, "The host has characters that no name of a host has.");
        }
        else if (BeforeResolution(host, isHttps: url.Scheme is "https") is { } refusal)
        {
            yield return refusal;
        }
    }

    /// <summary>Whether a host may be called at an address that it was resolved to.</summary>
    /// <returns>Why not; <see langword="null"/> where it may.</returns>
    public OutboundRefusal? RefusalOf(string host, IPAddress address, bool isHttps)
    {
        var name = host.TrimEnd('.');
        if (_allow.HasHost(name))
        {
            return null;
        }

        if (name.Contains('%', StringComparison.Ordinal))
        {
            return new(OutboundReason.Address, "An address has no zone, which would mean one of this machine's networks.");
        }

        return KindThatIsRefused(address) is { } kind ? Special(name, address, kind)
            : isHttps || _allowHttp || _allow.HasAddress(address) ? null
            : PlainHttp(name);
    }

    /// <summary>What a name means inside the operator's network is not for whoever gave the name.</summary>
    private static OutboundRefusal Special(string host, IPAddress address, string kind) => new(
        OutboundReason.Address,
        IPAddress.TryParse(host, out _)
            ? $"{address} is {kind} address, which is not called. {Remedy}"
            : $"No address of {FaultText.Quote(host)} may be called. {Remedy}");

    private static OutboundRefusal PlainHttp(string host) => new(OutboundReason.PlainHttp, $"{FaultText.Quote(host)} is not called by plain http; use https. {Remedy}");

    private OutboundRefusal? BeforeResolution(string host, bool isHttps)
    {
        var name = host.TrimEnd('.');
        if (IPAddress.TryParse(name, out var address))
        {
            return RefusalOf(name, address, isHttps);
        }

        // RFC 6761: these are never anything else.
        if (name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            return RefusalOf(name, IPAddress.IPv6Loopback, isHttps) is null ? null : RefusalOf(name, IPAddress.Loopback, isHttps);
        }

        return isHttps || _allowHttp || _allow.HasBlocks || _allow.HasHost(name) ? null : PlainHttp(name);
    }

    /// <summary>What kind of address it is, or leads to, that is not called.</summary>
    private string? KindThatIsRefused(IPAddress address) =>
        (_allow.HasAddress(address) ? null : SpecialRanges.Find(address))
        ?? SpecialRanges.EmbeddedIn(address).Select(KindThatIsRefused).FirstOrDefault(kind => kind is not null);
}
