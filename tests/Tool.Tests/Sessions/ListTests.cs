using System.Text.Json;
using BlueEdge.Tool.Tests.Processes;

namespace BlueEdge.Tool.Tests.Sessions;

public sealed class ListTests(EmbeddedProcess server)
{
    [Fact]
    public async Task All_pages_are_read_unless_fewer_are_asked_for()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(Enumerable.Range(0, 210), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) =>
        {
            var id = await server.SubmitAsync(Bodies.Hello);
            lock (ids)
            {
                ids.Add(id);
            }
        });

        var all = (await server.RunAsync("ls", "--engine", "hello", "-o", "json")).Ended(0);
        var few = (await server.RunAsync("ls", "--engine", "hello", "-o", "jsonl", "--limit", "3")).Ended(0);

        var listed = Ids(all.Json.EnumerateArray());
        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
        Assert.Superset(ids, listed.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(3, Ids(few.JsonLines).Count);
    }

    [Fact]
    public async Task Sessions_are_a_table_for_people()
    {
        var id = await server.SubmitAsync(Bodies.Fail);
        (await server.RunAsync("watch", id)).Ended(1);

        var table = (await server.RunAsync("ls", "--status", "failed", "-n", "1000")).Ended(0);

        Assert.StartsWith("SESSION", table.Lines[0], StringComparison.Ordinal);
        Assert.Contains(table.Lines, line => line.StartsWith(id, StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal) && line.Contains("no luck", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_status_that_is_none_is_a_fault()
    {
        var run = (await server.RunAsync("ls", "--status", "asleep")).Ended(2);

        Assert.Contains("status", run.Error, StringComparison.Ordinal);
        (await server.RunAsync("ls", "--limit", "0")).Ended(2);
    }

    private static List<string> Ids(IEnumerable<JsonElement> sessions) => [.. sessions.Select(session => session.GetProperty("sessionId").GetString() ?? "")];
}
