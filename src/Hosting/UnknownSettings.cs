using System.Collections;
using BlueEdge.Settings;
using Microsoft.Extensions.Configuration;

namespace BlueEdge.Hosting;

/// <summary>Finds settings under <c>BlueEdge</c> that nothing reads: mostly one that is written wrongly.</summary>
internal sealed class UnknownSettings(IEnumerable<SettingsSection> sections)
{
    private const string Root = "BlueEdge";

    /// <summary>What is directly under the root: settings, and sections, not all of which each process reads.</summary>
    private static readonly string[] Top =
    [
        "Audit", "Auth", "Blobs", "Channels", "Cluster", "Dashboard", "DataPath", "Documents", "Durability", "EngineHost", "Gateway", "Images", "Kafka", "Limits", "Mode", "Outbound", "Quotas", "Redis", "Scheduling",
        "Scaling", "Sessions", "SessionStreams", "Sockets", "Taps", "Telemetry", "Video", "Webhooks",
    ];

    private readonly List<SettingsSection> _sections = [.. sections];

    /// <summary>The path of each, with the known name that is most like it.</summary>
    public IEnumerable<(string Path, string Nearest)> In(IConfiguration configuration) =>
        configuration.GetSection(Root).GetChildren().SelectMany(child =>
            !Knows(Top, child.Key) && !IsSection(child.Path) ? [(child.Path, $"{Root}:{Nearest(child.Key, Top)}")]
            : IsWhole(child.Path) ? Under(child)
            : []);

    private IEnumerable<(string Path, string Nearest)> Under(IConfigurationSection section)
    {
        var names = NamesIn(section.Path);
        foreach (var child in section.GetChildren())
        {
            if (IsSection(child.Path))
            {
                foreach (var unknown in Under(child))
                {
                    yield return unknown;
                }
            }
            else if (!Knows(names, child.Key))
            {
                yield return (child.Path, $"{section.Path}:{Nearest(child.Key, names)}");
            }
            else if (child.GetChildren().FirstOrDefault() is { } below && !IsCollection(section.Path, child.Key))
            {
                yield return (below.Path, child.Path);
            }
        }
    }

    private bool IsWhole(string path) => _sections.Exists(section => !section.IsPart && Is(section, path));

    private bool IsSection(string path) => _sections.Exists(section => Is(section, path) || section.Path.StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase));

    private bool IsCollection(string path, string name) => _sections.Where(section => Is(section, path))
        .SelectMany(section => section.Options.GetProperties())
        .Any(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && property.PropertyType != typeof(string)
            && property.PropertyType.IsAssignableTo(typeof(IEnumerable)));

    private string[] NamesIn(string path) =>
    [
        .. _sections.Where(section => Is(section, path)).SelectMany(section => section.Options.GetProperties()).Select(property => property.Name),
        .. _sections.Where(section => section.Path.StartsWith($"{path}:", StringComparison.OrdinalIgnoreCase)).Select(section => section.Path[(path.Length + 1)..]),
    ];

    private static bool Is(SettingsSection section, string path) => section.Path.Equals(path, StringComparison.OrdinalIgnoreCase);

    private static bool Knows(string[] names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string Nearest(string name, string[] names) => names.MinBy(known => Distance(name.ToUpperInvariant(), known.ToUpperInvariant())) ?? name;

    /// <summary>How many letters have to be put in, taken out or changed (Levenshtein).</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= to.Length; j++)
            {
                var best = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], best);
            }
        }

        return row[^1];
    }
}
