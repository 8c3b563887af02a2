using System.Net;

namespace BlueEdge.Outbound;

/// <summary>What the operator allows in spite of the rules: networks, addresses and hosts.</summary>
internal sealed class AllowList
{
    private readonly List<AddressBlock> _blocks = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _endings = [];

    public AllowList(string text)
    {
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (FaultOf(entry) is { } fault)
            {
                Faults.Add(fault);
            }
        }
    }

    /// <summary>What is wrong with the text; entries that are wrong allow nothing.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Whether a host that is not listed may have an address that is.</summary>
    public bool HasBlocks => _blocks.Count > 0;

    public bool HasHost(string host) => _hosts.Contains(host) || _endings.Exists(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    public bool HasAddress(IPAddress address) => _blocks.Exists(block => block.Contains(address));

    /// <summary>Takes the entry in, or says why not.</summary>
    private string? FaultOf(string entry)
    {
        if (AddressBlock.TryParse(entry, out var block))
        {
            _blocks.Add(block);
            return null;
        }

        if (entry.Contains('/', StringComparison.Ordinal))
        {
            return $"'{entry}' is no network; write for example 10.1.0.0/16, with nothing set behind the prefix, or fd00:1::/32.";
        }

        var host = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry;
        if (IPAddress.TryParse(host, out _) || Uri.CheckHostName(host) is not UriHostNameType.Dns || host.EndsWith('.')
            || !Uri.TryCreate($"https://{host}", UriKind.Absolute, out var url)
            || UrlHost.Of(url) is not { } name)
        {
            return $"'{entry}' is no network, address or host; write for example 10.1.0.0/16, ::1, hooks.internal or *.edge.local.";
        }

        if (host.Length < entry.Length)
        {
            _endings.Add($".{name}");
        }
        else
        {
            _hosts.Add(name);
        }

        return null;
    }
}
