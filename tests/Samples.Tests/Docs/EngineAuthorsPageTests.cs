using System.Reflection;

namespace BlueEdge.Samples.Tests.Docs;

/// <summary>Every C# block of docs/engine-authors.md is part of a file of this folder, so that it compiles.</summary>
public sealed class EngineAuthorsPageTests
{
    private const string Page = "engine-authors.md";

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, FindBlocks().Count)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_is_compiled(int number)
    {
        var block = FindBlocks()[number];

        Assert.True(
            FindSources().Any(source => Holds(source, block)),
            $"This block of {Page} is in no file of tests/Samples.Tests/Docs:\n{string.Join('\n', block)}");
    }

    [Fact]
    public void The_page_has_blocks() => Assert.InRange(FindBlocks().Count, 8, 100);

    /// <summary>The lines of each block fenced as C#.</summary>
    private static List<string[]> FindBlocks()
    {
        var blocks = new List<string[]>();
        List<string>? block = null;
        foreach (var line in ReadLines(Page))
        {
            if (block is null && line is "```csharp")
            {
                block = [];
            }
            else if (block is not null && line is "```")
            {
                blocks.Add([.. block]);
                block = null;
            }
            else
            {
                block?.Add(line);
            }
        }

        Assert.Null(block);
        return blocks;
    }

    private static IEnumerable<string[]> FindSources() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.EndsWith(".cs", StringComparison.Ordinal))
        .Select(ReadLines);

    /// <summary>Whether the block's lines follow each other in the source, all indented by as much more.</summary>
    private static bool Holds(string[] source, string[] block) =>
        Enumerable.Range(0, Math.Max(0, source.Length - block.Length + 1)).Any(start =>
        {
            var more = source[start].Length - block[0].Length;
            return more >= 0 && block.Index().All(line => source[start + line.Index] == (line.Item.Length == 0 ? "" : new string(' ', more) + line.Item));
        });

    private static string[] ReadLines(string resource)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException($"{resource} is not embedded in the tests.", resource));
        return text.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
