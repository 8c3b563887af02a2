using BlueEdge.Authoring.Tests.Packages;
using BlueEdge.Authoring.Tests.Processes;

namespace BlueEdge.Authoring.Tests.Templates;

/// <summary>A folder of an author's, outside this repository, where the packed packages are one more source of packages.</summary>
public sealed class AuthorsFolder : IAsyncLifetime
{
    private readonly PackedPackages _packages;
    private readonly Dictionary<string, string> _environment;

    public AuthorsFolder(PackedPackages packages)
    {
        _packages = packages;
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

        // What was packed goes into a cache of its own; what others made is taken from the machine's.
        _environment = new()
        {
            ["NUGET_PACKAGES"] = Path.Combine(Home, ".packages"),
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        };
        File.WriteAllText(Path.Combine(Home, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{packages.Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                {(Directory.Exists(cache) ? $"<add key=\"machine\" value=\"{cache}\" />" : "")}
              </fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The folder.</summary>
    public string Home { get; } = Directory.CreateTempSubdirectory("blueedge-author-").FullName;

    /// <summary>Where the templates are installed: not among the user's.</summary>
    private string Templates => Path.Combine(Home, ".templates");

    public async ValueTask InitializeAsync() =>
        await DotnetAsync(".", "new", "install", Path.Combine(_packages.Folder, $"BlueEdge.Templates.{_packages.Version}.nupkg"), "--debug:custom-hive", Templates);

    /// <summary>Makes a project of a template, in a folder of its name.</summary>
    public Task NewAsync(string template, string name) => DotnetAsync(".", "new", template, "--name", name, "--debug:custom-hive", Templates);

    /// <summary>Refers to a packed package.</summary>
    public async Task AddPackageAsync(string project, string id) => await DotnetAsync(project, "package", "add", id, "--version", _packages.Version);

    public string PathOf(string file) => Path.Combine(Home, file);

    public Task<string> ReadAsync(string file) => File.ReadAllTextAsync(PathOf(file), TestContext.Current.CancellationToken);

    public Task<string> DotnetAsync(string folder, params string[] arguments) => Command.RunAsync(Path.Combine(Home, folder), _environment, "dotnet", arguments);

    /// <summary>Starts a program that serves at an address of its own.</summary>
    internal ServedProcess Serve(string folder, IReadOnlyDictionary<string, string> settings, params string[] command)
    {
        var address = new Uri($"http://127.0.0.1:{Cluster.Tests.Processes.FreePorts.Take()}");
        return new(Path.Combine(Home, folder), new Dictionary<string, string>(_environment.Concat(settings)), address, command[0], [.. command[1..], "--urls", address.ToString()]);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Home, recursive: true);
        return ValueTask.CompletedTask;
    }
}
