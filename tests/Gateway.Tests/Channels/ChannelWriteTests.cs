using System.Net;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Channels;

/// <summary>Writing to a channel by REST, in front of a channel that answers as it is told to.</summary>
public sealed class ChannelWriteTests
{
    private static readonly string Id = SessionIds.Create();

    [Fact]
    public async Task One_item_is_the_body_as_it_is()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await WriteAsync(gateway, "items?writer=w&sequence=4", """ {"a":1} """, "application/json");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("""{"nextSequence":1,"creditItems":7,"creditBytes":8,"recognisesRepeats":true}""", answer.Data.GetRawText());
        var write = Assert.Single(Input(gateway).Written);
        Assert.Equal(("w", 4L, false), (write.Writer, write.FirstSequence, write.Ends));
        Assert.Equal(""" {"a":1} """, Encoding.UTF8.GetString(Assert.Single(write.Items).Bytes.Span));
    }

    [Fact]
    public async Task Lines_are_items_in_their_order()
    {
        await using var gateway = await StubGateway.StartAsync();

        await WriteAsync(gateway, "items?writer=w&sequence=0", "1\r\n\n{\"b\": [2]}\n\"c\"", "application/x-ndjson");

        var write = Assert.Single(Input(gateway).Written);
        Assert.Equal(["1", "{\"b\": [2]}", "\"c\""], write.Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span).Trim()));
        Assert.All(write.Items, item => Assert.Equal((ChannelType.Json, Payload.JsonMediaType), (item.Type, item.MediaType)));
    }

    [Fact]
    public async Task Content_has_its_own_media_type_or_the_one_that_its_bytes_tell()
    {
        await using var gateway = await StubGateway.StartAsync();
        Input(gateway).Type = ChannelType.Image;

        await WriteAsync(gateway, "items", [1, 2], "image/x-own");
        await WriteAsync(gateway, "items", [0xFF, 0xD8, 0xFF, 0], contentType: null);
        await WriteAsync(gateway, "items", "{\"mediaType\":\"image/gif\",\"data\":\"AAEC\"}\n\"AAEC\""u8.ToArray(), "application/x-ndjson");

        Assert.Equal(["image/x-own", "image/jpeg", "image/gif", "application/octet-stream"], Input(gateway).Written.SelectMany(write => write.Items).Select(item => item.MediaType));
    }

    [Fact]
    public async Task Who_names_no_writer_is_told_that_repeats_are_not_recognised()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await WriteAsync(gateway, "items", "1", "application/json");

        Assert.Equal("""{"creditItems":7,"creditBytes":8,"recognisesRepeats":false}""", answer.Data.GetRawText());
        Assert.Null(Assert.Single(Input(gateway).Written).Writer);
    }

    [Theory]
    [InlineData("items?writer=w", "?sequence", "required")]
    [InlineData("items?sequence=1", "?writer", "required")]
    [InlineData("items?writer=w&sequence=-1", "?sequence", "out-of-range")]
    [InlineData("items?writer=w&sequence=x", "?sequence", "out-of-range")]
    [InlineData("items?writer=w&writer=v&sequence=1", "?writer", "out-of-range")]
    [InlineData("items?writer=wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww&sequence=1", "?writer", "out-of-range")]
    [InlineData("end?writer=a%0ab", "?writer", "out-of-range")]
    public async Task What_is_wrong_with_the_address_is_told(string path, string pointer, string code)
    {
        await using var gateway = await StubGateway.StartAsync();

        (await WriteAsync(gateway, path, "1", "application/json")).HasFaults((pointer, code));

        Assert.Empty(Input(gateway).Written);
    }

    [Fact]
    public async Task Lines_without_an_item_say_that_a_writer_is_there_and_mean_nothing_of_one_without_a_name()
    {
        await using var gateway = await StubGateway.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await WriteAsync(gateway, "items?writer=w&sequence=3", "\n\n", "application/x-ndjson")).StatusCode);
        (await WriteAsync(gateway, "items", "\n\n", "application/x-ndjson")).HasFaults(("", "required"));

        var write = Assert.Single(Input(gateway).Written);
        Assert.Equal(("w", 0), (write.Writer, write.Items.Length));
    }

    [Theory]
    [InlineData("{", "application/json", "", "malformed")]
    [InlineData("", "application/json", "", "malformed")]
    [InlineData("1 2", "application/json", "", "malformed")]
    [InlineData("1\n{\"a\":}\n3", "application/x-ndjson", "/1", "malformed")]
    public async Task A_body_that_is_no_JSON_is_told_with_its_line_and_nothing_of_it_is_taken(string body, string contentType, string pointer, string code)
    {
        await using var gateway = await StubGateway.StartAsync();

        (await WriteAsync(gateway, "items?writer=w&sequence=0", body, contentType)).HasFaults((pointer, code));

        Assert.Empty(Input(gateway).Written);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(null)]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_JSON_channel_takes_nothing_else(string? contentType)
    {
        await using var gateway = await StubGateway.StartAsync();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await WriteAsync(gateway, "items", "1"u8.ToArray(), contentType)).StatusCode);
    }

    [Fact]
    public async Task Content_that_the_channel_cannot_have_is_a_fault()
    {
        await using var gateway = await StubGateway.StartAsync();
        Input(gateway).Type = ChannelType.Image;

        (await WriteAsync(gateway, "items", [1], "text/plain")).HasFaults(("Content-Type", "type-mismatch"));
        (await WriteAsync(gateway, "items", [], "image/png")).HasFaults(("", "required"));
        (await WriteAsync(gateway, "items", "\"AAEC\"\n7"u8.ToArray(), "application/x-ndjson")).HasFaults(("/1", "type-mismatch"));
    }

    [Fact]
    public async Task More_than_an_item_may_have_is_413()
    {
        await using var gateway = await StubGateway.StartAsync(limits: limits => limits.InlinePayloadBytes = 1_024);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await WriteAsync(gateway, "items", new byte[1_025], "application/json")).StatusCode);
    }

    [Theory]
    [InlineData(InputOutcome.NoRoom, HttpStatusCode.TooManyRequests)]
    [InlineData(InputOutcome.Gap, HttpStatusCode.Conflict)]
    [InlineData(InputOutcome.Ended, HttpStatusCode.Conflict)]
    [InlineData(InputOutcome.SessionOver, HttpStatusCode.Gone)]
    [InlineData(InputOutcome.Unknown, HttpStatusCode.NotFound)]
    [InlineData(InputOutcome.Refused, HttpStatusCode.BadRequest)]
    public async Task What_became_of_it_is_told_by_the_status(InputOutcome outcome, HttpStatusCode expected)
    {
        await using var gateway = await StubGateway.StartAsync();
        Input(gateway).Reply = new() { Outcome = outcome, NextSequence = 5, Reason = "because" };

        var answer = await WriteAsync(gateway, "items?writer=w&sequence=9", "1", "application/json");

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(outcome is InputOutcome.NoRoom, answer.Response.Headers.RetryAfter is not null);
        Assert.Equal(outcome is InputOutcome.Gap, answer.Data.TryGetProperty("nextSequence", out var next) && next.GetInt64() == 5);
    }

    [Fact]
    public async Task A_channel_is_ended_by_its_name_whatever_that_is()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await Answer.OfAsync(await gateway.Http.PostAsync(new Uri($"sessions/{Id}/channels/a%2Fb%20c/end", UriKind.Relative), null, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(Assert.Single(gateway.Grains.Inputs[$"{Id}/a/b c"].Written) is { Ends: true, Writer: null, Items.IsEmpty: true });
    }

    [Fact]
    public async Task There_is_nothing_to_write_to_where_there_is_no_such_channel()
    {
        await using var gateway = await StubGateway.StartAsync();
        Input(gateway).Type = null;

        Assert.Equal(HttpStatusCode.NotFound, (await WriteAsync(gateway, "items", "1", "application/json")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.SubmitAsync("sessions/none/channels/In/items", "1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.SubmitAsync("sessions/none/channels/In/end", "1")).StatusCode);
    }

    [Fact]
    public async Task A_cluster_that_is_away_is_told_of()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => throw new TimeoutException("no silo answers");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await WriteAsync(gateway, "items", "1", "application/json")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await WriteAsync(gateway, "end", "", "application/json")).StatusCode);
    }

    private static FakeInput Input(StubGateway gateway) => gateway.Grains.Inputs.GetOrAdd($"{Id}/In", _ => new(gateway.Grains));

    private static Task<Answer> WriteAsync(StubGateway gateway, string path, string body, string contentType) =>
        WriteAsync(gateway, path, Encoding.UTF8.GetBytes(body), contentType);

    private static Task<Answer> WriteAsync(StubGateway gateway, string path, byte[] body, string? contentType)
    {
        var content = new ByteArrayContent(body);
        if (contentType is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return gateway.Http.SubmitAsync($"sessions/{Id}/channels/In/{path}", content);
    }
}
