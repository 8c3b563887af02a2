using System.Net;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.Streams;

/// <summary>What happens to all sessions, as it happens, of real ones.</summary>
public sealed class AllSessionsTests(SiloHost host)
{
    [Fact]
    public async Task A_console_hears_of_every_session_that_is_submitted_once_it_listens()
    {
        await using var console = await ListenAsync("events");

        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (await host.Http.SubmitAsync("process-single-engine", Hello(""))).SessionId));

        var heard = await HearAsync(console, ids);
        Assert.All(ids, id =>
        {
            var events = heard.Where(each => SessionOf(each) == id).ToList();
            Assert.All(events, each => Assert.Equal("", each.Id));
            Assert.All(events, each => Assert.False(each.Data.TryGetProperty("number", out _), "It keeps no events."));
            var statuses = events.Where(each => each.Type is "sessionStatusChanged").Select(each => each.Data).ToList();
            Assert.False(statuses[0].TryGetProperty("previous", out _), "It was new.");
            Assert.Equal(statuses.SkipLast(1).Select(each => each.GetProperty("status").GetString()), statuses.Skip(1).Select(each => each.GetProperty("previous").GetString()));
            Assert.Equal("finished", statuses[^1].GetProperty("status").GetString());
            Assert.Contains(events, each => each.Type is "nodeStatusChanged" && each.Data.GetProperty("node").GetString() is "hello");
            Assert.Contains(events, each => each.Type is "attemptBegan");
        });
    }

    [Fact]
    public async Task Of_a_session_that_keeps_events_all_come_as_it_keeps_them()
    {
        await using var console = await ListenAsync("events");

        var sent = await host.Http.SubmitAsync("process-single-engine", Hello("\"events\": true"));

        var heard = (await HearAsync(console, [sent.SessionId])).Where(each => SessionOf(each) == sent.SessionId).ToList();
        await using var own = await Listener.OpenAsync(host.Http, $"sessions/{sent.SessionId}/events");
        var kept = (await own.RestAsync()).Where(each => each.Id is not ("" or "end")).Take(heard.Count).ToList();
        Assert.Equal(kept.Select(each => each.Data.GetRawText()), heard.Select(each => each.Data.GetRawText().Replace($"\"sessionId\":\"{sent.SessionId}\",", "", StringComparison.Ordinal)));
        Assert.Contains(heard, each => each.Type is "engineEvent");
    }

    [Fact]
    public async Task A_console_hears_only_what_it_asked_for()
    {
        await using var failed = await ListenAsync("events?status=failed");
        await using var relays = await ListenAsync("events?engine=relay");

        var hello = await host.Http.SubmitAsync("process-single-engine", Hello("\"waitTimeSecond\": 20"));
        var stopped = await host.Http.SubmitAsync("process-single-engine", """{"engineId":"relay","inputs":{"In":{"type":"JSON","payload":1}},"waitTimeSecond":20}""");
        var failing = await host.Http.SubmitAsync("process-single-engine", """{"engineId":"delay","inputs":{"Control":{"type":"JSON","payload":{"seconds":"no number"}}},"waitTimeSecond":20}""");

        Assert.Equal("failed", failing.Status);
        var ofFailed = await HearAsync(failed, [failing.SessionId]);
        Assert.All(ofFailed.Where(each => each.Type is "sessionStatusChanged"), each => Assert.Equal("failed", each.Data.GetProperty("status").GetString()));
        Assert.DoesNotContain(ofFailed, each => SessionOf(each) == hello.SessionId);
        var ofRelays = await HearAsync(relays, [stopped.SessionId]);
        Assert.DoesNotContain(ofRelays, each => SessionOf(each) == hello.SessionId || SessionOf(each) == failing.SessionId);
    }

    [Theory]
    [InlineData("events?status=sleeping", "text/event-stream", HttpStatusCode.BadRequest)]
    [InlineData("events", "application/json", HttpStatusCode.NotAcceptable)]
    public async Task What_cannot_be_told_is_refused(string path, string accept, HttpStatusCode expected)
    {
        using var answer = await Listener.AskAsync(host.Http, path, accept: accept);

        Assert.Equal(expected, (await Answer.OfAsync(answer)).StatusCode);
    }

    private static string? SessionOf(StreamEvent each) => each.Data.TryGetProperty("sessionId", out var id) ? id.GetString() : null;

    /// <summary>All that comes until the ends of those sessions.</summary>
    private static async Task<List<StreamEvent>> HearAsync(Listener console, IReadOnlyCollection<string> sessions)
    {
        List<StreamEvent> heard = [];
        var left = sessions.ToHashSet(StringComparer.Ordinal);
        while (left.Count > 0)
        {
            var next = (await console.TakeAsync(1))[0];
            heard.Add(next);
            if (next.Type is "sessionStatusChanged" && next.Data.GetProperty("status").GetString() is "finished" or "failed" or "canceled")
            {
                left.Remove(SessionOf(next) ?? "");
            }
        }

        return heard;
    }

    private async Task<Listener> ListenAsync(string path)
    {
        var console = await Listener.OpenAsync(host.Http, path);
        Assert.Equal("listening", (await console.TakeAsync(1))[0].Type);
        return console;
    }

    private static string Hello(string members) =>
        """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}}""" + (members.Length > 0 ? "," : "") + members + "}";
}
