using System.Net;
using Microsoft.AspNetCore.Http;

namespace BlueEdge.Hosting;

/// <summary>Where a process is told to listen.</summary>
/// <param name="Setting">The setting that says so.</param>
/// <param name="Text">What it says.</param>
/// <param name="Scheme"><c>http</c>, <c>https</c>, or empty where the text is no address.</param>
/// <param name="Host">The name or address.</param>
/// <param name="Port">0 takes any that is free.</param>
public sealed record ListenAddress(string Setting, string Text, string Scheme, string Host, int Port)
{
    private const int LastPort = 65_535;

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLoopback => IsUnixSocket || IsLocalhost || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether every address of the machine is meant; the server takes any name but <c>localhost</c> for that.</summary>
    public bool IsEverywhere => !IsUnixSocket && !IsLocalhost && (!IPAddress.TryParse(Host, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <summary>What is wrong with it, or <see langword="null"/>.</summary>
    public string? Fault =>
        Scheme is not ("http" or "https") ? Say("is no address")
        : IsUnixSocket ? null
        : Port is < 0 or > LastPort ? Say($"has a port that is not in 0 to {LastPort}")
        : Host is "*" or "+" || IsLocalhost || IPAddress.TryParse(Host, out _) || Host.Equals(Dns.GetHostName(), StringComparison.OrdinalIgnoreCase) ? null
        : Say($"has the host '{Host}', which is neither an address nor this machine's name");

    private bool IsLocalhost => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private bool IsUnixSocket => Host.StartsWith("unix:/", StringComparison.Ordinal);

    /// <summary>Reads an address; one that is none says so as its <see cref="Fault"/>.</summary>
    public static ListenAddress Parse(string setting, string text)
    {
        try
        {
            var parsed = BindingAddress.Parse(text);
            return new(setting, text, parsed.PathBase is "" ? parsed.Scheme.ToLowerInvariant() : "", parsed.Host.Trim('[', ']'), parsed.IsUnixPipe ? 0 : parsed.Port);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            return new(setting, text, "", "", 0);
        }
    }

    private string Say(string what) =>
        $"{Setting} is '{Text}', which {what}: write http:// or https://, an IP address of this machine, localhost or * for all of them, and a port, such as http://127.0.0.1:5080.";
}
