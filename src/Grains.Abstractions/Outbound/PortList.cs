using System.Globalization;

namespace BlueEdge.Outbound;

/// <summary>Ports as settings list them: <c>8443; 9000</c>.</summary>
internal sealed class PortList
{
    private readonly HashSet<int> _ports = [];

    public PortList(string text)
    {
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ushort.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                _ports.Add(port);
            }
            else
            {
                Faults.Add($"'{entry}' is no port; write numbers up to 65535 with semicolons between them.");
            }
        }
    }

    /// <summary>What is wrong with the text; entries that are wrong list nothing.</summary>
    public List<string> Faults { get; } = [];

    public bool Has(int port) => _ports.Contains(port);
}
