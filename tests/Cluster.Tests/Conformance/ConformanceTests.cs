using System.Net.Http.Json;
using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Conformance;

/// <summary>What sessions do in every mode and over every transport.</summary>
public abstract class ConformanceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    protected abstract Gateway Gateway { get; }

    [Fact]
    public async Task Items_keep_their_order_through_a_chain_across_hosts()
    {
        var seconds = Enumerable.Range(0, 300).Select(number => number / 1e6).ToArray();
        var session = await Gateway.StartChainAsync(relays: 5, seconds);

        var end = await Gateway.WaitForEndAsync(session, Patience);

        Assert.True(StatusOf(end) is "finished", end.ToString());
        Assert.Equal(seconds, ResultsOf(end, "Out").Select(item => item.GetProperty("seconds").GetDouble()));
    }

    [Fact]
    public async Task Every_reader_gets_every_item_and_large_ones_pass_by_as_references()
    {
        var large = new string('x', 2_500_000);
        var items = Enumerable.Range(0, 4).Select(number => $$"""{"number":{{number}},"text":"{{(number % 2 == 0 ? large : "small")}}"}""").ToArray();
        var end = await RunAsync(
            new
            {
                dataChannels = Channels(["In", "Middle"], interested: ["Left", "Right"]),
                engines = new[] { Relay("first", "In", "Middle"), Relay("left", "Middle", "Left"), Relay("right", "Middle", "Right") },
                startData = items.Select(item => new { channelName = "In", payload = JsonDocument.Parse(item).RootElement }),
            });

        Assert.True(StatusOf(end) is "finished", end.GetProperty("process").ToString());
        Assert.Equal(items, ResultsOf(end, "Left").Select(item => item.GetRawText()));
        Assert.Equal(items, ResultsOf(end, "Right").Select(item => item.GetRawText()));
    }

    [Fact]
    public async Task What_items_say_of_themselves_comes_with_them_across_hosts_large_ones_too()
    {
        var large = new string('x', 2_500_000);
        var end = await RunAsync(
            new
            {
                dataChannels = Channels(["In", "Middle"], interested: ["Kept", "Made"]),
                engines = new[] { Relay("first", "In", "Middle"), Relay("keeper", "Middle", "Kept"), Delay("maker", "Middle", "Made") },
                startData = new[] { "small", large }.Select(text => new
                {
                    channelName = "In",
                    payload = new { seconds = 0, text },
                    key = $"of {text.Length}",
                    tags = new[] { "a", "b" },
                    attributes = new { length = text.Length },
                }),
            });
        var session = end.GetProperty("sessionId").GetString();

        var full = await Gateway.FindAsync($"{session}?envelope=true");

        Assert.True(StatusOf(end) is "finished", end.GetProperty("process").ToString());
        Assert.Equal(["of 5", "of 2500000"], ResultsOf(full, "Made").Select(item => item.GetProperty("key").GetString()));
        Assert.All(ResultsOf(full, "Made"), item => Assert.False(item.TryGetProperty("tags", out _)));
        Assert.Equal(
            ["""of 5 ["a","b"] {"length":5}""", """of 2500000 ["a","b"] {"length":2500000}"""],
            ResultsOf(full, "Kept").Select(item => $"{item.GetProperty("key")} {item.GetProperty("tags")} {item.GetProperty("attributes")}"));
        Assert.Equal(ResultsOf(end, "Kept").Select(item => item.GetRawText()), ResultsOf(full, "Kept").Select(item => item.GetProperty("value").GetRawText()));
    }

    [Fact]
    public async Task A_channel_that_delivers_the_latest_counts_what_its_reader_never_saw()
    {
        const int Count = 500;
        var end = await RunAsync(
            new
            {
                dataChannels = new object[]
                {
                    new { name = "In", type = "JSON" }, new { name = "Live", type = "JSON", delivery = "latest" }, new { name = "Out", type = "JSON", interested = true },
                },
                engines = new[] { Relay("writer", "In", "Live"), Delay("viewer", "Live", "Out") },
                startData = Enumerable.Range(1, Count).Select(number => new { channelName = "In", payload = new { seconds = number / 1e5 } }),
            });

        var seen = ResultsOf(end, "Out").Select(item => (int)Math.Round(item.GetProperty("seconds").GetDouble() * 1e5)).ToList();
        var viewer = end.GetProperty("process").GetProperty("engines")[1];
        Assert.Equal(Count, seen[^1]);
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Equal(seen.Count, viewer.GetProperty("items_read").GetInt32());
        Assert.Equal(Count - seen.Count, viewer.TryGetProperty("items_dropped", out var dropped) ? dropped.GetInt32() : 0);
    }

    [Fact]
    public async Task A_slow_reader_gets_all_that_a_fast_writer_has_for_it()
    {
        const int Count = 3_000;
        var end = await RunAsync(
            new
            {
                dataChannels = Channels(["In", "Fast"], interested: ["Out"]),
                engines = new[] { Relay("fast", "In", "Fast"), Delay("slow", "Fast", "Out") },
                startData = Enumerable.Range(0, Count).Select(number => new { channelName = "In", payload = new { seconds = number / 1e7 } }),
            });

        Assert.True(StatusOf(end) is "finished", end.GetProperty("process").ToString());
        Assert.Equal(Count, end.GetProperty("process").GetProperty("engines")[1].GetProperty("items_read").GetInt32());
    }

    [Fact]
    public async Task A_failure_is_told_with_engine_and_instance_and_stops_the_siblings()
    {
        var end = await RunAsync(
            new
            {
                dataChannels = Channels(["Poison", "Long"], interested: []),
                engines = new object[]
                {
                    new { id = "fail", inputs = new[] { new { name = "Control", linkTo = "Poison" } } },
                    new { id = "delay", inputs = new[] { new { name = "Control", linkTo = "Long" } } },
                },
                startData = new object[] { new { channelName = "Long", payload = new { seconds = 600 } }, new { channelName = "Poison", payload = new { message = "of no use" } } },
                retry = new { attempts = 1 },
            });

        var process = end.GetProperty("process");
        Assert.Equal(("failed", 2), (StatusOf(end), process.GetProperty("attempt").GetInt32()));
        Assert.Contains("Engine 'fail' (node 'fail', instance 'fail/", process.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Contains("of no use", process.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("canceled", process.GetProperty("engines")[1].GetProperty("status").GetString());
        Assert.Single(process.GetProperty("former_attempts").EnumerateArray());
    }

    [Fact]
    public async Task A_stop_ends_what_runs_and_keeps_what_came()
    {
        var session = await Gateway.StartChainAsync(relays: 2, [0.01, 0.01, 600]);
        while (ResultsOf(await Gateway.FindAsync(session), "Out").Count < 2)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await Gateway.StopAsync(session);

        var end = await Gateway.WaitForEndAsync(session, Patience);
        Assert.Equal("canceled", StatusOf(end));
        Assert.Equal(2, ResultsOf(end, "Out").Count);
    }

    private static IEnumerable<object> Channels(string[] plain, string[] interested) =>
        plain.Concat(interested).Select(name => new { name, type = "JSON", interested = interested.Contains(name, StringComparer.Ordinal) });

    private static object Relay(string name, string from, string to) => Engine("relay", name, ("In", from), ("Out", to));

    private static object Delay(string name, string from, string to) => Engine("delay", name, ("Control", from), ("Result", to));

    private static object Engine(string id, string name, (string Port, string Channel) input, (string Port, string Channel) output) => new
    {
        id,
        name,
        inputs = new[] { new { name = input.Port, linkTo = input.Channel } },
        outputs = new[] { new { name = output.Port, linkTo = output.Channel } },
    };

    private static string? StatusOf(JsonElement session) => session.GetProperty("process").GetProperty("status").GetString();

    private static List<JsonElement> ResultsOf(JsonElement session, string channel) =>
        [.. session.GetProperty("results").GetProperty(channel).EnumerateArray()];

    private async Task<JsonElement> RunAsync(object session)
    {
        using var response = await Gateway.Http.PostAsJsonAsync(new Uri("api/v1/process-workflow", UriKind.Relative), session, TestContext.Current.CancellationToken);
        var answer = await Gateway.ReadAsync(response);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {answer}");
        return await Gateway.WaitForEndAsync(answer.GetProperty("data").GetProperty("sessionId").GetString()!, Patience); // An id is a text.
    }
}
