using System.Diagnostics;
using System.Xml.Linq;
using BlueEdge.Kube.Tests.Lab;

namespace BlueEdge.Kube.Tests.Images;

/// <summary>The Dockerfiles of our processes, and that of the template.</summary>
public sealed class DockerfileTests
{
    private const string Sound = """
        # A comment
        ARG SDK=sdk:10.0
        FROM ${SDK} AS build
        WORKDIR /src
        COPY . .
        RUN dotnet publish src/Some -o /app
        FROM runtime:10.0
        RUN apt-get update \
            && apt-get install -y --no-install-recommends one \
            && rm -rf /var/lib/apt/lists/*
        COPY --from=build /app .
        USER 1654
        ENTRYPOINT ["dotnet", "Some.dll"]
        """;

    private static readonly TimeSpan Build = TimeSpan.FromMinutes(20);

    public static TheoryData<string> Ours =>
    [
        .. Directory.GetFiles(Path.Combine(KubeLab.Root, "deploy", "docker"), "Dockerfile", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(KubeLab.Root, file)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> All => [.. Ours.Select(row => row.Data), "templates/engine/Dockerfile"];

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_has_no_fault(string file) => Assert.Empty(Dockerfile.Parse(await ReadAsync(file)).FindFaults());

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task It_runs_what_it_publishes(string file)
    {
        var dockerfile = Dockerfile.Parse(await ReadAsync(file));

        var project = Assert.Single(Directory.GetFiles(Path.Combine(KubeLab.Root, dockerfile.PublishedProject), "*.csproj"));
        var prefix = dockerfile.PublishedProject.StartsWith("samples/", StringComparison.Ordinal) ? "BlueEdge.Samples." : "BlueEdge.";
        var name = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? prefix + Path.GetFileNameWithoutExtension(project);
        Assert.Equal(name, dockerfile.Program);
    }

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task It_can_be_built(string file)
    {
        Assert.SkipUnless(await RunAsync("info") == 0, "No Docker daemon: the image is not built.");

        Assert.Equal(0, await RunAsync("build", "-f", Path.Combine(KubeLab.Root, file), KubeLab.Root));
    }

    [Fact]
    public void One_that_is_sound_has_no_fault() => Assert.Empty(Dockerfile.Parse(Sound).FindFaults());

    [Theory]
    [InlineData("COPY --from=build /app .", "COPY . .")]
    [InlineData("USER 1654", "")]
    [InlineData("USER 1654", "USER root")]
    [InlineData("USER 1654", "USER 0")]
    [InlineData("ARG SDK=sdk:10.0", "ARG SDK=sdk")]
    [InlineData("FROM runtime:10.0", "FROM runtime:latest")]
    [InlineData("FROM runtime:10.0", "FROM runtime")]
    [InlineData("""["dotnet", "Some.dll"]""", "dotnet Some.dll")]
    [InlineData("COPY . .", "ADD . .")]
    [InlineData("WORKDIR /src", "WORKDIR src")]
    [InlineData(" --no-install-recommends", "")]
    [InlineData("rm -rf /var/lib/apt/lists/*", "true")]
    [InlineData("COPY . .", "COPY . .\nENV REDIS_PASSWORD=1")]
    public void What_is_wrong_is_found(string sound, string wrong) =>
        Assert.Single(Dockerfile.Parse(Sound.Replace(sound, wrong, StringComparison.Ordinal)).FindFaults());

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(KubeLab.Root, file), TestContext.Current.CancellationToken);

    /// <summary>The exit code; -1 where there is no Docker at all.</summary>
    private static async Task<int> RunAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!; // It was there.
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Build, TimeProvider.System);
            TestContext.Current.SendDiagnosticMessage(await output + await errors);
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
