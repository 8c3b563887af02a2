namespace BlueEdge.Silo.Tests.Structure;

/// <summary>A namespace says in which project a type lives, and in which of its folders.</summary>
public sealed class NamespaceTests
{
    /// <summary>An Orleans stream provider of its own, whose users want one using: its folders are its own affair.</summary>
    private const string OwnAffair = "Streaming.Kafka";

    /// <summary>Files that are elsewhere on purpose, and where.</summary>
    private static readonly Dictionary<string, string> Departures = new(StringComparer.Ordinal)
    {
        // What a program begins with: it is found with `using BlueEdge`, whichever package brings it.
        ["Client/ClientHosting.cs"] = "BlueEdge",
        ["Client/IBlueEdgeClient.cs"] = "BlueEdge",
        ["ClientStreams/SessionStreamsHosting.cs"] = "BlueEdge",
        ["Embedded/BlueEdgeApp.cs"] = "BlueEdge",
        ["Embedded/BlueEdgeAppBuilder.cs"] = "BlueEdge",
        ["EngineHost/EngineHosting.cs"] = "BlueEdge",
        ["EngineHost/EngineSilo.cs"] = "BlueEdge",
        ["EngineHost/EngineSiloBuilder.cs"] = "BlueEdge",
    };

    [Fact]
    public void A_namespace_is_its_projects_root_and_its_folder()
    {
        var files = SourceProject.All.Where(project => project.Name != OwnAffair)
            .SelectMany(project => project.Namespaces.Select(file => (Name: $"{project.Name}/{file.File}", file.Expected, file.Declared)))
            .ToList();

        Assert.True(files.Count > 500, $"There are {files.Count} files: the search is wrong.");
        Assert.Empty(files.Where(file => file.Declared != Departures.GetValueOrDefault(file.Name, file.Expected)).Select(file => $"{file.Name} is in {file.Declared}, not in {file.Expected}."));
        Assert.Empty(Departures.Keys.Except(files.Select(file => file.Name)));
    }

    [Fact]
    public void No_two_projects_share_a_namespace_but_where_that_is_meant()
    {
        var shared = SourceProject.All.SelectMany(project => project.Namespaces.Select(file => (project.Name, file.Declared)))
            .Distinct()
            .GroupBy(file => file.Declared, file => file.Name)
            .Where(projects => projects.Count() > 1);

        Assert.Equal(["BlueEdge"], shared.Select(projects => projects.Key));
    }
}
