using System.Security.Cryptography;

namespace BlueEdge.Authoring.Tests.Packages;

public sealed class PackageTests(PackedPackages packages)
{
    /// <summary>What an author's program may call.</summary>
    private static readonly string[] ForAuthors = ["BlueEdge.Abstractions", "BlueEdge.Engines"];

    /// <summary>What is to be run, and not to be called.</summary>
    private static readonly string[] Ours = ["BlueEdge.", "OpenTelemetry", "Microsoft.AspNetCore.DataProtection"];

    public static TheoryData<string> Named { get; } =
        ["BlueEdge.Abstractions", "BlueEdge.Engines", "BlueEdge.Embedded", "BlueEdge.Testing", "BlueEdge.Client", "BlueEdge.Client.Streams", "BlueEdge.Streaming.Kafka", "BlueEdge.Templates"];

    [Theory, MemberData(nameof(Named))]
    public async Task It_is_there(string id) => Assert.Equal(id, (await ReadAsync(id)).Id);

    [Fact]
    public async Task Each_has_licence_readme_description_docs_and_symbols()
    {
        foreach (var file in packages.Files.Where(file => file.EndsWith(".nupkg", StringComparison.Ordinal)))
        {
            var package = await Package.ReadAsync(file);
            Assert.Equal(("MIT", "README.md"), (package["license"], package["readme"]));
            Assert.NotEqual("Package Description", package["description"]);
            Assert.Contains("README.md", package.Entries);
            if (package.Id is "BlueEdge.Templates")
            {
                continue;
            }

            var assembly = Assert.Single(package.Entries, entry => entry.StartsWith("lib/", StringComparison.Ordinal) && entry.EndsWith(".dll", StringComparison.Ordinal));
            Assert.Contains(Path.ChangeExtension(assembly, ".xml"), package.Entries);
            var symbols = await Package.ReadAsync(Path.ChangeExtension(file, ".snupkg"));
            Assert.Contains(Path.ChangeExtension(assembly, ".pdb"), symbols.Entries);
        }
    }

    [Fact]
    public async Task Packed_again_they_are_the_same_bytes()
    {
        var again = Directory.CreateTempSubdirectory("blueedge-again-").FullName;
        await packages.PackAsync(again);

        Assert.Equal(packages.Files.Select(Path.GetFileName), Directory.GetFiles(again).Order(StringComparer.Ordinal).Select(Path.GetFileName));
        foreach (var file in packages.Files)
        {
            Assert.Equal((Path.GetFileName(file), await HashAsync(file)), (Path.GetFileName(file), await HashAsync(Path.Combine(again, Path.GetFileName(file)))));
        }

        Directory.Delete(again, recursive: true);
    }

    [Theory]
    [InlineData("BlueEdge.Engines")]
    [InlineData("BlueEdge.Embedded")]
    [InlineData("BlueEdge.Testing")]
    public async Task What_it_is_made_of_is_not_seen_by_authors(string id)
    {
        var package = await ReadAsync(id);

        Assert.NotEmpty(package.Dependencies);
        Assert.All(
            package.Dependencies.Where(dependency => Ours.Any(prefix => dependency.Key.StartsWith(prefix, StringComparison.Ordinal)) && !ForAuthors.Contains(dependency.Key)),
            dependency => Assert.Contains("Compile", dependency.Value));
    }

    private async Task<Package> ReadAsync(string id) => await Package.ReadAsync(Path.Combine(packages.Folder, $"{id}.{packages.Version}.nupkg"));

    private static async Task<string> HashAsync(string file)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexString(await SHA256.HashDataAsync(content));
    }
}
