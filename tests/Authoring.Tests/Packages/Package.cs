using System.IO.Compression;
using System.Xml.Linq;

namespace BlueEdge.Authoring.Tests.Packages;

/// <summary>What a package says and holds.</summary>
internal sealed class Package
{
    private readonly XElement _metadata;

    private Package(XElement metadata, IReadOnlyList<string> entries) => (_metadata, Entries) = (metadata, entries);

    /// <summary>Paths of its files.</summary>
    public IReadOnlyList<string> Entries { get; }

    public string Id => this["id"];

    /// <summary>Packages that it needs, and which of their assets those who refer to it do not get.</summary>
    public IReadOnlyDictionary<string, string> Dependencies => _metadata.Descendants().Where(element => element.Name.LocalName is "dependency")
        .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("exclude")?.Value ?? ""); // Each has an id.

    /// <summary>What it says of itself.</summary>
    public string this[string element] => _metadata.Elements().FirstOrDefault(child => child.Name.LocalName == element)?.Value ?? "";

    public static async Task<Package> ReadAsync(string path)
    {
        await using var zip = await ZipFile.OpenReadAsync(path);
        await using var nuspec = await zip.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).OpenAsync();
        var document = await XDocument.LoadAsync(nuspec, LoadOptions.None, CancellationToken.None);
        return new(document.Root!.Elements().Single(), [.. zip.Entries.Select(entry => entry.FullName)]); // A nuspec has metadata, and nothing else.
    }
}
