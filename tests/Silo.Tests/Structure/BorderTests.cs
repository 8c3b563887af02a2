namespace BlueEdge.Silo.Tests.Structure;

/// <summary>What one project uses of another is public there, and says what it is.</summary>
public sealed class BorderTests
{
    /// <summary>What tries a project from within, besides its tests.</summary>
    private static readonly string[] Kits = ["BlueEdge.StoreKills", "BlueEdge.Scheduling.Benchmarks"];

    [Fact]
    public void Internals_are_for_tests_alone()
    {
        var friends = SourceProject.All.SelectMany(project => project.Friends.Select(friend => (project.Name, Friend: friend))).ToList();

        Assert.NotEmpty(friends);
        Assert.Empty(friends.Where(each => !each.Friend.EndsWith(".Tests", StringComparison.Ordinal) && !Kits.Contains(each.Friend))
            .Select(each => $"{each.Name} shows its internals to {each.Friend}: make public what that uses, and document it, or move it there."));
    }
}
