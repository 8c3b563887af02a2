using System.Globalization;
using System.Text.Json;
using BlueEdge.Tool.Tests.Processes;
using BlueEdge.Tool.Tests.Sessions;
using Microsoft.AspNetCore.Http;

namespace BlueEdge.Tool.Tests.Results;

public sealed class ResultTests(EmbeddedProcess server)
{
    private const int Many = 2_500;

    [Fact]
    public async Task All_pages_of_a_channel_are_read_in_order()
    {
        var id = await server.SubmitAsync(Bodies.Relay(JsonSerializer.Serialize(Enumerable.Range(0, Many).Select(number => new { channelName = "In", payload = number }))));
        (await server.RunAsync("watch", id)).Ended(0);

        var lines = (await server.RunAsync("results", id, "Out", "-o", "jsonl")).Ended(0);
        var json = (await server.RunAsync("results", id, "-o", "json")).Ended(0);

        Assert.Equal(Enumerable.Range(0, Many).Select(number => number.ToString(CultureInfo.InvariantCulture)), lines.Lines);
        Assert.Equal(Enumerable.Range(0, Many), json.Json.GetProperty("Out").EnumerateArray().Select(item => item.GetInt32()));
    }

    [Fact]
    public async Task Results_are_a_table_for_people()
    {
        var id = await server.SubmitAsync(Bodies.Relay("""[{"channelName":"In","payload":"é\nü"}]"""));
        (await server.RunAsync("watch", id)).Ended(0);

        var table = (await server.RunAsync("results", id)).Ended(0);

        Assert.Equal(2, table.Lines.Length);
        Assert.Matches("""^Out +0 +"é\\nü"$""", table.Lines[1]);
    }

    [Fact]
    public async Task Results_become_files()
    {
        var folder = server.NewFolder();

        var run = (await server.RunAsync("run", server.File(Bodies.Relay()), "-i", "In={\"a\": 1}", "-i", "In=2", "--out", folder, "-o", "json")).Ended(0);

        Assert.Equal("{\"a\": 1}", await File.ReadAllTextAsync(Path.Combine(folder, "Out", "0.json"), TestContext.Current.CancellationToken));
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(folder, "Out", "1.json"), TestContext.Current.CancellationToken));
        Assert.Equal(
            [Path.Combine(folder, "Out", "0.json"), Path.Combine(folder, "Out", "1.json")],
            run.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()));
    }

    [Fact]
    public async Task A_channel_that_is_not_kept_is_told()
    {
        var id = await server.SubmitAsync(Bodies.Hello);

        var run = (await server.RunAsync("results", id, "Nose")).Ended(4);

        Assert.Contains("keeps no results of a channel 'Nose'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_become_files_of_their_kind_however_they_come()
    {
        await using var stub = await StubServer.StartAsync(http => http.Request.Path.Value is { } path && path.EndsWith("/results/a%2Fb/1", StringComparison.Ordinal)
            ? TypedResults.Bytes(new byte[5_000], "image/jpeg").ExecuteAsync(http)
            : StubServer.WriteAsync(
                http,
                200,
                """{"sessionId":"s","process":{"status":"finished"},"results":{"a/b":[{"mediaType":"image/png","length":3,"data":"AQID"},{"mediaType":"image/jpeg","length":5000,"href":"/x"},{"mediaType":"image/png","length":3,"data":"none of ours"}]}}"""));
        var folder = server.NewFolder();

        var run = (await ToolProcess.RunAsync(["results", "s", "--out", folder, "-o", "jsonl", "--server", stub.Address]));

        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(Path.Combine(folder, "a%2Fb", "0.png"), TestContext.Current.CancellationToken));
        Assert.Equal(5_000, new FileInfo(Path.Combine(folder, "a%2Fb", "1.jpg")).Length);
        Assert.Contains("GET /api/v1/process-workflow/s/results/a%2Fb/2", stub.Asked);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_the_servers_fault()
    {
        await using var stub = await StubServer.StartAsync(async http =>
        {
            if (!http.Request.Path.Value!.Contains("/results/", StringComparison.Ordinal)) // Every request has one.
            {
                await StubServer.WriteAsync(http, 200, """{"sessionId":"s","results":{"a":[{"mediaType":"image/png","length":5000,"href":"/x"}]}}""");
                return;
            }

            // The server closes the connection over the bytes that are missing.
            http.Response.ContentLength = 5_000;
            await http.Response.Body.WriteAsync(new byte[10], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        });

        var run = (await ToolProcess.RunAsync(["results", "s", "--out", server.NewFolder(), "--server", stub.Address])).Ended(5);

        Assert.Contains("cannot be reached", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_loses_nothing()
    {
        var id = await server.SubmitAsync(Bodies.Hello);

        var run = (await server.RunAsync("results", id, "--out", server.File("a file"))).Ended(2);

        Assert.Contains($"'blueedge results {id} --out DIR'", run.Error, StringComparison.Ordinal);
    }
}
