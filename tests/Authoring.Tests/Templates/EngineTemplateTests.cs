using System.Diagnostics;
using System.Text.Json;

namespace BlueEdge.Authoring.Tests.Templates;

public sealed class EngineTemplateTests(AuthorsFolder author) : IClassFixture<AuthorsFolder>
{
    private const string Session =
        """{"engineId": "word-count", "inputs": {"Text": {"type": "JSON", "payload": {"text": "to be or not to be"}}}, "outputs": {"Count": {"type": "JSON", "interested": true}}, "waitTimeSecond": 30}""";

    private static readonly Dictionary<string, string> NoSettings = [];

    [Fact]
    public async Task From_an_empty_folder_to_the_first_result()
    {
        await author.DotnetAsync(".", "--version"); // The first call of a machine does more.
        var clock = Stopwatch.StartNew();
        await author.NewAsync("blueedge-engine", "TextEngines");
        clock.Stop();
        await author.DotnetAsync("TextEngines", "restore");
        clock.Start();

        var tested = await author.DotnetAsync("TextEngines", "test", "--no-restore");
        var testedAt = clock.Elapsed;
        await using var app = author.Serve("TextEngines", NoSettings, "dotnet", "run", "--no-restore", "--project", "TextEngines", "--");
        var answer = await app.PostAsync("api/v1/process-single-engine", Session);
        clock.Stop();

        Assert.Contains("succeeded: 2", tested, StringComparison.Ordinal);
        Assert.Equal("""{"Count":[{"words":6}]}""", JsonDocument.Parse(answer).RootElement.GetProperty("data").GetProperty("results").GetRawText());
        Assert.Contains("Scalar", await app.GetAsync("docs/"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<html", await app.GetAsync("dashboard/"), StringComparison.OrdinalIgnoreCase);
        TestContext.Current.TestOutputHelper!.WriteLine( // Within a test there is one.
            $"dotnet new to the first result: {clock.Elapsed.TotalSeconds:0.0} s without restore, of which new and test took {testedAt.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task A_program_sees_the_authors_packages_and_none_that_they_are_made_of()
    {
        await author.NewAsync("blueedge-engine", "Seen");
        await author.DotnetAsync("Seen", "restore");

        Assert.Equal(["BlueEdge.Abstractions", "BlueEdge.Embedded", "BlueEdge.Engines"], await FindSeenAsync("Seen/Seen"));
        Assert.Equal(["BlueEdge.Abstractions", "BlueEdge.Embedded", "BlueEdge.Engines", "BlueEdge.Testing"], await FindSeenAsync("Seen/Seen.Tests"));
    }

    [Fact]
    public async Task A_library_of_engines_wants_one_package()
    {
        await author.DotnetAsync(".", "new", "classlib", "--name", "Library", "--no-restore");
        await author.AddPackageAsync("Library", "BlueEdge.Engines");
        await author.NewAsync("blueedge-engine", "Giver");
        File.Delete(author.PathOf("Library/Class1.cs"));
        File.Copy(author.PathOf("Giver/Giver/WordCountEngine.cs"), author.PathOf("Library/WordCountEngine.cs"));

        await author.DotnetAsync("Library", "build");

        Assert.Equal(["BlueEdge.Abstractions", "BlueEdge.Engines"], await FindSeenAsync("Library"));
        Assert.Contains("Metadata_Library", await author.ReadAsync("Library/bin/Debug/net10.0/Library.dll"), StringComparison.Ordinal); // Made by Orleans' generator.
    }

    [Fact]
    public async Task A_name_that_is_no_namespace_makes_one_of_it()
    {
        await author.NewAsync("blueedge-engine", "my-engines");

        await author.DotnetAsync("my-engines", "build");

        Assert.Contains("namespace my_engines;", await author.ReadAsync("my-engines/my_engines/WordCountEngine.cs"), StringComparison.Ordinal);
    }

    /// <summary>Packages of BlueEdge's, and of stores and transports, that a project's compiler sees.</summary>
    private async Task<IEnumerable<string>> FindSeenAsync(string project)
    {
        using var assets = JsonDocument.Parse(await author.ReadAsync($"{project}/obj/project.assets.json"));
        return
        [
            .. from library in assets.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
               let id = library.Name.Split('/')[0]
               where id.StartsWith("BlueEdge", StringComparison.Ordinal) || id.Contains("Redis", StringComparison.Ordinal) || id.Contains("Kafka", StringComparison.Ordinal)
                  || id.Contains("Sqlite", StringComparison.OrdinalIgnoreCase) || id.Contains("Dashboard", StringComparison.Ordinal) || id.Contains("S3", StringComparison.Ordinal)
               where library.Value.TryGetProperty("compile", out var compile) && compile.EnumerateObject().Any(file => !file.Name.EndsWith("_._", StringComparison.Ordinal))
               orderby id
               select id,
        ];
    }
}
