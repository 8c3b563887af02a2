using BlueEdge.Channels;
using BlueEdge.Scheduling;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Sessions;

public sealed class SessionGrainTests(Cluster cluster)
{
    private readonly ISessionGrain _session = cluster.NewSession();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_single_engine_finishes_and_its_result_can_be_read()
    {
        await SubmitAsync(Single("hello", new { name = "Ada" }, ("Result", "result"), ("Status", "result-status")));

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Finished, ended.Status);
        Assert.Equal(["{\"greeting\":\"Hello, Ada!\"}"], await ReadAsync(_session, "result"));
        Assert.Equal(["{\"type\":\"finish\",\"node\":\"hello\"}"], await ReadAsync(_session, "result-status"));
    }

    [Fact]
    public async Task Who_waits_in_the_call_that_submits_is_told_the_results_with_the_end()
    {
        var run = await _session.RunAsync(Chain(3, 1, 2, 3), fingerprint: null, TimeSpan.FromSeconds(20), Ct);

        Assert.Equal(SessionStatus.Finished, run.Session!.Status);
        var page = Assert.Single(run.Results);
        Assert.Equal(("result", 3, null), (page.Channel, page.Total, page.NextOffset));
        Assert.Equal(["1", "2", "3"], page.Items.Select(item => System.Text.Encoding.UTF8.GetString(item.Bytes.Span)));
        Assert.Equal(["1", "2", "3"], await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task Results_of_more_channels_than_a_call_should_bring_are_left_to_be_read()
    {
        var nodes = Enumerable.Range(0, SubmitResult.MostChannels + 1).Select(i => Node($"relay-{i}", "relay", [("In", "c")], ("Out", $"result-{i}")));

        var run = await _session.RunAsync(Session([.. nodes], ("c", 1)), fingerprint: null, TimeSpan.FromSeconds(20), Ct);

        Assert.Equal(SessionStatus.Finished, run.Session!.Status);
        Assert.Empty(run.Results);
        Assert.Equal(["1"], await ReadAsync(_session, $"result-{SubmitResult.MostChannels}"));
    }

    [Fact]
    public async Task The_item_that_an_engine_fails_on_in_every_attempt_lies_in_the_dead_letters()
    {
        var spec = Single("narrow-minded", "good");
        var poison = spec with
        {
            StartData = [.. new[] { "good", "poison", "good" }.Select(word => spec.StartData[0] with { Payload = Payload.Json(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(word)) })],
            Retry = new() { Attempts = 2, Backoff = TimeSpan.Zero },
        };

        await SubmitAsync(poison);

        var ended = await Cluster.EndAsync(_session);
        Assert.Equal((SessionStatus.Failed, 3), (ended.Status, ended.Epoch));
        var letter = Assert.Single(await _session.ReadDeadLettersAsync(Ct) ?? []);
        Assert.Equal(("narrow-minded", 3, "control", "", 1L), (letter.Node, letter.Epoch, letter.Channel, letter.Producer, letter.Sequence));
        Assert.Equal("\"poison\"", System.Text.Encoding.UTF8.GetString(letter.Payload.Bytes.Span));
        Assert.Contains("It has no word for it", letter.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_engines_warn_of_is_told_with_the_end_and_a_new_attempt_begins_without()
    {
        var spec = Single("flaky", 2) with { Retry = new() { Attempts = 1, Backoff = TimeSpan.Zero } };

        await SubmitAsync(spec);

        var ended = await Cluster.EndAsync(_session);
        Assert.Equal((SessionStatus.Finished, 2), (ended.Status, ended.Epoch));
        Assert.Equal([new() { Code = "flaky", Message = "This is attempt 2.", Node = "flaky" }], ended.Warnings);
    }

    [Fact]
    public async Task A_session_that_did_not_fail_has_no_dead_letters()
    {
        Assert.Null(await cluster.NewSession().ReadDeadLettersAsync(Ct));
        await SubmitAsync(Single("hello", new { name = "Ada" }));
        await Cluster.EndAsync(_session);

        Assert.Empty(await _session.ReadDeadLettersAsync(Ct) ?? [default!]);
    }

    [Fact]
    public async Task A_failing_engine_fails_the_session_stops_its_siblings_and_says_why()
    {
        await SubmitAsync(Session(
            [
                Node("bad", "fail", [("Control", "control")]),
                Node("good", "busy", [("Control", "other")]),
            ],
            ("control", new { message = "no more paper" }),
            ("other", 1)));

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.Contains("'fail'", ended.Reason, StringComparison.Ordinal);
        Assert.Contains("'bad'", ended.Reason, StringComparison.Ordinal);
        Assert.Contains("no more paper", ended.Reason, StringComparison.Ordinal);
        Assert.Equal([SubSessionStatus.Failed, SubSessionStatus.Canceled], ended.Nodes.Select(node => node.Status));
    }

    [Fact]
    public async Task A_stop_is_heard_in_the_middle_of_blocking_work()
    {
        await SubmitAsync(Single("busy", 1));
        await Cluster.ReachAsync(_session, SessionStatus.Processing);

        await _session.StopAsync(Ct);

        Assert.Equal(SessionStatus.Canceled, (await Cluster.EndAsync(_session)).Status);
    }

    [Fact]
    public async Task What_ignores_a_stop_is_cut_off_and_its_slot_comes_back()
    {
        await SubmitAsync(Single("stubborn", true));
        await Cluster.ReachAsync(_session, SessionStatus.Processing);
        var next = cluster.NewSession();
        await next.SubmitAsync(Single("stubborn", false), null, Ct);
        Assert.Equal(SessionStatus.Pending, (await next.FindAsync(Ct))?.Status);

        await _session.StopAsync(Ct);

        Assert.Equal(SessionStatus.Canceled, (await Cluster.EndAsync(_session)).Status);
        Assert.Equal(SessionStatus.Finished, (await Cluster.EndAsync(next)).Status);
    }

    [Fact]
    public async Task A_pending_session_knows_its_place_and_is_canceled_at_once()
    {
        var held = cluster.NewSession();
        await held.SubmitAsync(Session([.. Enumerable.Range(0, 8).Select(i => Node($"n{i}", "busy", [("Control", "c")]))], ("c", 1)), null, Ct);
        await Cluster.ReachAsync(held, SessionStatus.Processing);
        await SubmitAsync(Single("busy", 1));
        var pending = await _session.FindAsync(Ct);

        var stopped = await _session.StopAsync(Ct);

        Assert.Equal((SessionStatus.Pending, 1), (pending?.Status, pending?.Position?.Current));
        Assert.Equal("busy", pending?.Position?.WaitsFor.Single().Engine);
        Assert.Equal(SessionStatus.Canceled, stopped?.Status);
        await held.StopAsync(Ct);
        await Cluster.EndAsync(held);
        Assert.Equal(0, await WaitingAsync("busy"));
    }

    [Fact]
    public async Task Engines_that_are_not_ready_in_time_fail_the_session()
    {
        await SubmitAsync(Single("unready", 1));

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.Contains("not ready within 3 s", ended.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_with_retries_runs_again_and_keeps_only_the_last_results()
    {
        await SubmitAsync(Single("flaky", 3, ("Out", "result")) with { Retry = new() { Attempts = 2 } });

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Finished, 3), (ended.Status, ended.Epoch));
        Assert.Equal([1, 2], ended.FormerAttempts.Select(attempt => attempt.Epoch));
        Assert.All(ended.FormerAttempts, attempt => Assert.Contains("not good enough", attempt.Reason, StringComparison.Ordinal));
        Assert.Equal(["3"], await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task A_session_that_takes_longer_than_it_may_is_stopped_and_fails_and_does_not_run_again()
    {
        await SubmitAsync(Single("busy", 1) with { MaxDuration = TimeSpan.FromSeconds(0.5), Retry = new() { Attempts = 3 } });

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Failed, 1), (ended.Status, ended.Epoch));
        Assert.Contains("longer than 0.5 s", ended.Reason, StringComparison.Ordinal);
        await QuietAsync("busy");
    }

    [Fact]
    public async Task A_session_that_waits_to_run_again_ends_when_its_time_is_over()
    {
        var held = cluster.NewSession();
        await SubmitAsync(Single("narrow", 200) with { MaxDuration = TimeSpan.FromSeconds(3), Retry = new() { Attempts = 3, Backoff = TimeSpan.FromSeconds(1) } });
        await Cluster.ReachAsync(_session, SessionStatus.Processing);
        await held.SubmitAsync(Single("narrow", 60_000), null, Ct);
        await Cluster.ReachAsync(held, SessionStatus.Processing);

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Failed, ended.Status);
        Assert.Contains("longer than 3 s", ended.Reason, StringComparison.Ordinal);
        Assert.Single(ended.FormerAttempts);
        await held.StopAsync(Ct);
        await Cluster.EndAsync(held);
        await QuietAsync("narrow");
    }

    [Fact]
    public async Task Start_data_of_an_interested_channel_that_nobody_reads_are_among_the_results_at_the_end()
    {
        // Its engine has nothing to do, and ends long before so much is stored.
        var items = Enumerable.Range(0, 3_000).Select(i => ("result-asked", (object)new string('x', 2_000))).ToArray();
        var spec = Session([Node("burst", "burst", [("Control", "control")])], [("control", 0), .. items]);
        await SubmitAsync(spec);

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal(SessionStatus.Finished, ended.Status);
        Assert.Equal(items.Length, (await ReadAsync(_session, "result-asked")).Length);
    }

    [Fact]
    public async Task A_session_whose_retries_are_used_up_fails()
    {
        await SubmitAsync(Single("flaky", 9, ("Out", "result")) with { Retry = new() { Attempts = 1 } });

        var ended = await Cluster.EndAsync(_session);

        Assert.Equal((SessionStatus.Failed, 2), (ended.Status, ended.Epoch));
    }

    [Fact]
    public async Task Submitting_again_returns_the_session_already_there_and_another_spec_conflicts()
    {
        var spec = Single("hello", new { name = "Ada" }, ("Result", "result"));
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _session.SubmitAsync(spec, "one", Ct)));

        var other = await _session.SubmitAsync(spec, "two", Ct);
        await Cluster.EndAsync(_session);
        var afterwards = await _session.SubmitAsync(spec, "one", Ct);

        Assert.All(results, result => Assert.Equal(SubmitOutcome.Accepted, result.Outcome));
        Assert.Equal(SubmitOutcome.Conflict, other.Outcome);
        Assert.Equal(SessionStatus.Finished, afterwards.Session?.Status);
        Assert.Single(await ReadAsync(_session, "result"));
    }

    [Fact]
    public async Task A_faulty_spec_creates_nothing()
    {
        var result = await _session.SubmitAsync(Single("no-such-engine", 1), null, Ct);

        Assert.Equal(SubmitOutcome.Invalid, result.Outcome);
        Assert.Contains(result.Faults, fault => fault.Pointer == "/engines/0/id");
        Assert.Null(await _session.FindAsync(Ct));
    }

    [Fact]
    public async Task Large_start_data_travel_by_reference_and_come_out_whole()
    {
        var large = new string('x', 3_000_000);
        await SubmitAsync(Chain(2, large));

        await Cluster.EndAsync(_session);

        Assert.Equal([$"\"{large}\""], await ReadAllAsync());
    }

    [Fact]
    public async Task Demand_returns_to_zero_when_all_is_over()
    {
        var sessions = Enumerable.Range(0, 100).Select(_ => cluster.NewSession()).ToArray();
        await Task.WhenAll(sessions.Select(session => session.SubmitAsync(Single("delay", new { seconds = 0.01 }), null, Ct)));

        var ended = await Task.WhenAll(sessions.Select(Cluster.EndAsync));

        Assert.All(ended, session => Assert.Equal(SessionStatus.Finished, session.Status));
        await QuietAsync("delay");
    }

    private async Task SubmitAsync(SessionSpec spec)
    {
        var result = await _session.SubmitAsync(spec, null, Ct);
        Assert.True(result.Outcome is SubmitOutcome.Accepted, string.Join("; ", result.Faults));
    }

    private async Task<string[]> ReadAllAsync()
    {
        var pages = await _session.ReadResultsAsync([new() { Channel = "result" }], Ct);
        List<string> texts = [];
        foreach (var item in pages!.Value[0].Items) // The session is there.
        {
            texts.Add(item.Blob is { } blob ? await cluster.ReadBlobAsync(blob) : System.Text.Encoding.UTF8.GetString(item.Bytes.Span));
        }

        return [.. texts];
    }

    private async Task<int> WaitingAsync(string engine) => (await EngineAsync(engine)).Waiting;

    private async Task QuietAsync(string engine)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (await EngineAsync(engine) is { Waiting: > 0 } or { Working: > 0 })
        {
            Assert.False(patience.IsCancellationRequested, $"Engine {engine} still has demand: {await EngineAsync(engine)}");
            await Task.Yield();
        }
    }

    private async Task<EngineSnapshot> EngineAsync(string engine) =>
        (await cluster.Grains.GetGrain<ISchedulerGrain>(ISchedulerGrain.DefaultDomain).GetEnginesAsync(Ct)).Single(each => each.Definition.Id == engine);
}
