using System.Net;
using System.Text;
using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Results;

public sealed class ResultTests
{
    private const string Relay =
        """{"engineId":"relay","inputs":{"In":{"type":"JSON"}},"outputs":{"Out":{"type":"JSON","interested":true}},"waitTimeSecond":5}""";

    private static readonly string Id = SessionIds.Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_items_are_answered_as_they_were_written_in_both_forms()
    {
        await using var gateway = await StubGateway.StartAsync();
        string[] items = ["""{ "a":1.50, "a":2 }""", "1e400", "\"\\u00e9é\"", "null", "[ ]", $"\"{new string('x', 100_000)}\"", $"[{string.Join(',', Enumerable.Range(0, 50_000))}]", "true"];
        Finished(gateway, "Out").Write("Out", [.. items.Select(Json)]);

        var answer = await gateway.Http.ReadAsync($"process-workflow/{Id}");

        Assert.Equal(items, answer.Data.GetProperty("results").GetProperty("Out").EnumerateArray().Select(item => item.GetRawText()));
        Assert.Equal(items, answer.Data.GetProperty("Out").EnumerateArray().Select(item => item.GetRawText()));
        Assert.False(answer.Data.TryGetProperty("paging", out _));
    }

    [Fact]
    public async Task Results_that_come_with_the_end_are_answered_without_reading_them_again()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Run = session => RunTo(session, Json("1"), Json("2"));
        gateway.Grains.Trouble = call => call is "ReadResultsAsync" ? throw new InvalidOperationException("They were read.") : Task.CompletedTask;

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Relay);

        Assert.Equal("[1,2]", answer.Data.GetProperty("results").GetProperty("Out").GetRawText());
    }

    [Fact]
    public async Task Results_beyond_the_first_page_that_came_with_the_end_are_read_on()
    {
        await using var gateway = await StubGateway.StartAsync(new() { PageItems = 2 });
        gateway.Grains.Run = session => RunTo(session, [.. Enumerable.Range(0, 5).Select(i => Json($"{i}"))]);

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Relay);

        Assert.Equal("[0,1,2,3,4]", answer.Data.GetProperty("results").GetProperty("Out").GetRawText());
        Assert.False(answer.Data.TryGetProperty("paging", out _));
    }

    [Fact]
    public async Task A_channel_called_like_a_fixed_member_does_not_take_its_place()
    {
        await using var gateway = await StubGateway.StartAsync();
        string[] names = ["sessionId", "process", "results", "paging", "errors", "status", "a/b \"c\"\u2028ü"];
        var session = Finished(gateway, names);
        foreach (var name in names)
        {
            session.Write(name, Json("1"));
        }

        var answer = await gateway.Http.ReadAsync($"process-workflow/{Id}");

        Assert.Equal(Id, answer.SessionId);
        Assert.Equal("finished", answer.Status);
        Assert.Equal(names, answer.Data.GetProperty("results").EnumerateObject().Select(channel => channel.Name));
        Assert.Equal(
            ["sessionId", "process", "results", "status", names[^1]], answer.Data.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task The_process_tells_all_that_is_known()
    {
        await using var gateway = await StubGateway.StartAsync();
        var sent = await gateway.Http.SubmitAsync("process-single-engine", """{"engineId":"hello","inputs":{"Control":{"type":"JSON"}}}""");

        var process = sent.Data.GetProperty("process");

        Assert.Equal(
            ("pending", 3, 5, 2),
            (process.GetProperty("status").GetString(), process.GetProperty("current_position").GetInt32(), process.GetProperty("total_pending").GetInt32(), process.GetProperty("total_queuing").GetInt32()));
        Assert.Equal("""[{"name":"hello","id":"hello","status":"waiting"}]""", process.GetProperty("engines").GetRawText());
        Assert.Equal("""[{"engine":"hello","lacking_slots":1,"instances":0,"needed_slots":1,"slots":0}]""", process.GetProperty("waits_for").GetRawText());
    }

    [Fact]
    public async Task A_channel_is_read_page_by_page()
    {
        await using var gateway = await StubGateway.StartAsync(new() { PageItems = 7 });
        Finished(gateway, "Out", "Other").Write("Out", [.. Enumerable.Range(0, 50).Select(number => Json($"{number}"))]);

        List<int> read = [];
        for (long? offset = 0; offset is not null;)
        {
            var data = (await gateway.Http.ReadAsync($"process-workflow/{Id}?channel=Out&offset={offset}&limit=20")).Data;
            read.AddRange(data.GetProperty("results").GetProperty("Out").EnumerateArray().Select(item => item.GetInt32()));
            var paging = data.GetProperty("paging").GetProperty("Out");
            Assert.Equal((offset, 50L), (paging.GetProperty("offset").GetInt64(), paging.GetProperty("total").GetInt64()));
            offset = paging.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }

        Assert.Equal(Enumerable.Range(0, 50), read);
    }

    [Fact]
    public async Task Without_paging_all_is_answered_up_to_a_size_and_the_cut_is_told()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.ResultBytes = 10_000);
        var session = Finished(gateway, "Small", "Large", "Last");
        session.Write("Small", Json("1"));
        session.Write("Large", [.. Enumerable.Repeat(Json($"\"{new string('x', 998)}\""), 20)]);
        session.Write("Last", Json("2"), Json("3"));

        var data = (await gateway.Http.ReadAsync($"process-workflow/{Id}")).Data;

        Assert.Equal([1, 9, 0], data.GetProperty("results").EnumerateObject().Select(channel => channel.Value.GetArrayLength()));
        Assert.Equal("""{"Large":{"offset":0,"total":20,"next":9},"Last":{"offset":0,"total":2,"next":0}}""", data.GetProperty("paging").GetRawText());
    }

    [Fact]
    public async Task An_answer_is_cut_at_a_number_of_items_too_also_that_of_a_submission_that_waits()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.ResultItems = 5);
        gateway.Grains.Run = session => RunTo(session, [.. Enumerable.Range(0, 7).Select(i => Json($"{i}"))]);
        Finished(gateway, "One", "Two", "Three").Write("One", Json("1"), Json("2"));
        gateway.Grains.Session(Id).Write("Two", [.. Enumerable.Range(0, 9).Select(i => Json($"{i}"))]);
        gateway.Grains.Session(Id).Write("Three", Json("1"));

        var submitted = (await gateway.Http.SubmitAsync("process-single-engine", Relay)).Data;
        var read = (await gateway.Http.ReadAsync($"process-workflow/{Id}")).Data;
        var stopped = (await gateway.Http.SubmitAsync($"process-workflow/{Id}/stop", "")).Data;

        Assert.Equal("""{"Out":{"offset":0,"total":7,"next":5}}""", submitted.GetProperty("paging").GetRawText());
        Assert.Equal("[0,1,2,3,4]", submitted.GetProperty("Out").GetRawText());
        Assert.Equal("""{"Two":{"offset":0,"total":9,"next":3},"Three":{"offset":0,"total":1,"next":0}}""", read.GetProperty("paging").GetRawText());
        Assert.Equal(read.GetProperty("results").GetRawText(), stopped.GetProperty("results").GetRawText());
    }

    [Theory]
    [InlineData(1, 60_000, 6)]
    [InlineData(10_000, 3, 313)]
    [InlineData(100, 20, 16)]
    public async Task Results_are_read_in_few_calls(int channels, int items, int calls)
    {
        var called = 0;
        await using var gateway = await StubGateway.StartAsync(new() { PageItems = 100_000 });
        string[] names = [.. Enumerable.Range(0, channels).Select(number => $"c{number}")];
        var session = Finished(gateway, names);
        foreach (var name in names)
        {
            session.Write(name, [.. Enumerable.Repeat(Json("1"), items)]);
        }

        gateway.Grains.Trouble = call =>
        {
            called += call is "ReadResultsAsync" ? 1 : 0;
            return Task.CompletedTask;
        };
        var answer = await gateway.Http.ReadAsync($"process-workflow/{Id}");

        Assert.Equal(channels * items, answer.Data.GetProperty("results").EnumerateObject().Sum(channel => channel.Value.GetArrayLength()));
        Assert.Equal(calls, called);
    }

    [Fact]
    public async Task An_item_larger_than_the_answer_is_answered_alone()
    {
        await using var gateway = await StubGateway.StartAsync(configure: options => options.ResultBytes = 1_024);
        Finished(gateway, "Out").Write("Out", Json($"\"{new string('x', 5_000)}\""), Json("2"));

        var first = (await gateway.Http.ReadAsync($"process-workflow/{Id}?channel=Out")).Data;
        var rest = (await gateway.Http.ReadAsync($"process-workflow/{Id}?channel=Out&offset=1")).Data;

        Assert.Equal((1, 1L), (first.GetProperty("Out").GetArrayLength(), first.GetProperty("paging").GetProperty("Out").GetProperty("next").GetInt64()));
        Assert.Equal("[2]", rest.GetProperty("Out").GetRawText());
    }

    [Fact]
    public async Task More_channels_than_one_call_asks_for_are_all_answered()
    {
        await using var gateway = await StubGateway.StartAsync();
        string[] names = [.. Enumerable.Range(0, 21).Select(number => $"c{number}")];
        var session = Finished(gateway, names);
        foreach (var name in names)
        {
            session.Write(name, Json("1"));
        }

        Assert.All((await gateway.Http.ReadAsync($"process-workflow/{Id}")).Data.GetProperty("results").EnumerateObject(), channel => Assert.Equal("[1]", channel.Value.GetRawText()));
    }

    [Fact]
    public async Task A_channel_that_is_not_kept_is_told_with_those_that_are()
    {
        await using var gateway = await StubGateway.StartAsync();
        Finished(gateway, "Out");

        var answer = await gateway.Http.ReadAsync($"process-workflow/{Id}?channel=Out&channel=In");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal([("?channel", "unknown-channel")], answer.Faults);
        Assert.Contains("Out", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_json_is_inline_where_small_and_linked_where_large()
    {
        await using var blobs = new MemoryBlobs();
        await using var gateway = await StubGateway.StartAsync(configure: options => options.InlineItemBytes = 10, blobs: blobs);
        byte[] small = [1, 2, 3], large = [.. Enumerable.Range(0, 11).Select(number => (byte)number)];
        var blob = blobs.Add(Id, new byte[5_000_000]);
        Finished(gateway, "a/b c").Write(
            "a/b c",
            Payload.Inline(ChannelType.Image, "image/png", small),
            Payload.Inline(ChannelType.File, "text/html", large),
            Payload.ByReference(ChannelType.Video, "video/mp4", blob, 5_000_000));

        var items = (await gateway.Http.ReadAsync($"process-single-engine/{Id}")).Data.GetProperty("results").GetProperty("a/b c");

        Assert.Equal("""{"mediaType":"image/png","length":3,"data":"AQID"}""", items[0].GetRawText());
        Assert.Equal($$"""{"mediaType":"text/html","length":11,"href":"/api/v1/process-single-engine/{{Id}}/results/a%2Fb%20c/1"}""", items[1].GetRawText());
        var page = await GetAsync(gateway, items[1]);
        Assert.Equal(large, await page.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["nosniff"], page.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal(["sandbox"], page.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal(5_000_000, (await (await GetAsync(gateway, items[2])).Content.ReadAsByteArrayAsync(Ct)).Length);
    }

    [Fact]
    public async Task Json_by_reference_is_answered_as_json_too_where_there_is_room()
    {
        await using var blobs = new MemoryBlobs();
        await using var gateway = await StubGateway.StartAsync(configure: options => options.ResultBytes = 3_000_000, blobs: blobs);
        var json = Encoding.UTF8.GetBytes($"\"{new string('y', 2_000_000)}\"");
        Finished(gateway, "Out").Write(
            "Out",
            Payload.ByReference(ChannelType.Json, Payload.JsonMediaType, blobs.Add(Id, json), json.Length),
            Payload.ByReference(ChannelType.Json, Payload.JsonMediaType, blobs.Add(Id, json), json.Length));

        var items = (await gateway.Http.ReadAsync($"process-workflow/{Id}")).Data.GetProperty("results").GetProperty("Out");

        Assert.Equal(2_000_000, items[0].GetString()?.Length);
        Assert.EndsWith("/results/Out/1", items[1].GetProperty("href").GetString(), StringComparison.Ordinal);
        Assert.Equal(json, await (await GetAsync(gateway, items[1])).Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task An_item_can_be_read_in_ranges()
    {
        await using var gateway = await StubGateway.StartAsync();
        Finished(gateway, "Out").Write("Out", Payload.Inline(ChannelType.File, "no media type", new byte[100]));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"process-workflow/{Id}/results/Out/0", UriKind.Relative));
        request.Headers.Range = new(90, null);

        var answer = await gateway.Http.SendAsync(request, Ct);

        Assert.Equal((HttpStatusCode.PartialContent, 10L), (answer.StatusCode, answer.Content.Headers.ContentLength));
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory, InlineData("Out/1"), InlineData("Out/-1"), InlineData("Out/x"), InlineData("In/0"), InlineData("Gone/0")]
    public async Task An_item_that_is_not_there_is_404(string item)
    {
        await using var blobs = new MemoryBlobs();
        await using var gateway = await StubGateway.StartAsync(blobs: blobs);
        var session = Finished(gateway, "Out", "Gone");
        session.Write("Out", Json("1"));
        session.Write("Gone", Payload.ByReference(ChannelType.File, "a/b", new() { SessionId = Id, Name = "gone" }, 5));

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.ReadAsync($"process-workflow/{Id}/results/{item}")).StatusCode);
    }

    [Fact]
    public async Task Trouble_in_the_middle_of_an_answer_breaks_it_off()
    {
        await using var blobs = new MemoryBlobs();
        await using var gateway = await StubGateway.StartAsync(blobs: blobs);
        Finished(gateway, "Out").Write("Out", Payload.ByReference(ChannelType.File, "a/b", blobs.Add(Id, new byte[1_000_000], broken: true), 10_000_000));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.Http.GetByteArrayAsync(new Uri($"process-workflow/{Id}/results/Out/0", UriKind.Relative), Ct));
    }

    private static FakeSession Finished(StubGateway gateway, params string[] channels)
    {
        var session = gateway.Grains.Session(Id);
        session.Begin(channels);
        session.Move(SessionStatus.Finished);
        return session;
    }

    private static void RunTo(FakeSession session, params Payload[] results)
    {
        session.Write("Out", results);
        session.Move(SessionStatus.Finished);
    }

    private static Payload Json(string json) => Payload.Json(Encoding.UTF8.GetBytes(json));

    private static async Task<HttpResponseMessage> GetAsync(StubGateway gateway, JsonElement item) =>
        (await gateway.Http.GetAsync(new Uri(gateway.Http.BaseAddress!, item.GetProperty("href").GetString()), Ct)).EnsureSuccessStatusCode();
}
