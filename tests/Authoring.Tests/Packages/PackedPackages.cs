using System.Globalization;
using BlueEdge.Authoring.Tests.Processes;

namespace BlueEdge.Authoring.Tests.Packages;

/// <summary>The packages as <c>scripts/pack</c> makes them of what is built, in a version that no cache has seen.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoSettings = [];

    /// <summary>The project's root folder.</summary>
    public static string Root { get; } = FindRoot();

    public string Version { get; } = $"0.0.0-test.{TimeProvider.System.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";

    public string Folder { get; } = Directory.CreateTempSubdirectory("blueedge-packages-").FullName;

    /// <summary>All of them, and their symbols.</summary>
    public IReadOnlyList<string> Files => [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync() => await PackAsync(Folder);

    public Task PackAsync(string folder) =>
        Command.RunAsync(Root, NoSettings, Path.Combine(Root, "scripts", "pack"), "--no-build", "--version", Version, "--out", folder);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BlueEdge.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("BlueEdge.sln is above no folder of this test.");
        }

        return folder.FullName;
    }
}
