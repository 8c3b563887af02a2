using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace BlueEdge.Silo.Tests.Structure;

/// <summary>A project under src, as its files say.</summary>
internal sealed partial class SourceProject
{
    private readonly string _folder;
    private readonly XElement _file;

    private SourceProject(string file)
    {
        _folder = Path.GetDirectoryName(file)!; // A file lies in a folder.
        _file = XElement.Load(file);
        Name = Path.GetFileNameWithoutExtension(file);
    }

    public static IReadOnlyList<SourceProject> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.csproj", SearchOption.AllDirectories).Select(file => new SourceProject(file))];

    public string Name { get; }

    public string RootNamespace => Values("RootNamespace").SingleOrDefault() ?? $"BlueEdge.{Name}";

    public IEnumerable<string> Friends => Values("InternalsVisibleTo");

    /// <summary>Each file, with its folder under the project's, and what it declares; files without a namespace are left out.</summary>
    public IEnumerable<(string File, string Expected, string Declared)> Namespaces =>
        from file in Directory.EnumerateFiles(_folder, "*.cs", SearchOption.AllDirectories)
        let declared = Declaration.Match(File.ReadAllText(file)).Groups["name"].Value
        let under = Path.GetRelativePath(_folder, file)
        where declared.Length > 0
        select (under, string.Join('.', [RootNamespace, .. under.Split(Path.DirectorySeparatorChar)[..^1]]), declared);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Declaration { get; }

    /// <summary>What properties and items of a name say.</summary>
    private IEnumerable<string> Values(string name) => _file.Descendants(name).Select(element => element.Attribute("Include")?.Value ?? element.Value);

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BlueEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not run from the repository.");
        }

        return folder;
    }
}
