using System.Net;
using System.Text.Json;
using BlueEdge.Auditing;
using BlueEdge.Callers;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Gateway.Tests.Sockets;
using BlueEdge.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Who did what is written down.</summary>
public sealed class AuditTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":"a canary in a payload"}}}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_that_changes_something_is_there_with_who_what_on_what_from_where_and_the_outcome()
    {
        await using var guarded = await Guarded.StartAsync();
        var key = await guarded.AddAsync(CallerRole.Submitter, tenant: "blue", id: "key-till");

        var submitted = await guarded.AskAsync(HttpMethod.Post, "process-single-engine", key, Hello, from: "192.0.2.7");

        var record = Assert.Single(await RecordsAsync(guarded));
        Assert.Equal(
            new() { At = record.At, Kind = AuditKind.Submission, Action = "processSingleEngine", Actor = "key-till", By = "key", Tenant = "blue", Target = submitted.SessionId, From = "192.0.2.7", Status = 200 },
            record);
        Assert.InRange(record.At, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(5), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Every_operation_that_changes_something_is_there_and_none_that_reads()
    {
        await using var guarded = await Guarded.StartAsync();
        foreach (var operation in await guarded.OperationsAsync())
        {
            await guarded.StatusAsync(operation.Method, operation.Path(), Guarded.Bootstrap);
        }

        var actions = (await RecordsAsync(guarded)).Select(record => record.Action).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "deleteBlob", "deleteEngine", "endChannel", "makeKey", "processSingleEngine", "processWorkflow", "putEngine", "redeliverEvent", "revokeKey", "stopNode", "stopSingleEngine",
                "stopWorkflow", "testWebhook", "uploadBlob", "writeItems",
            ],
            actions);
    }

    [Fact]
    public async Task What_was_refused_is_there_with_what_is_known_of_the_caller()
    {
        await using var guarded = await Guarded.StartAsync();
        var (viewer, session) = (await guarded.AddAsync(CallerRole.Viewer, id: "key-view"), SessionIds.Create());

        await guarded.StatusAsync(HttpMethod.Post, $"process-workflow/{session}/stop", viewer, from: "192.0.2.7");
        await guarded.StatusAsync(HttpMethod.Get, "keys", viewer, from: "192.0.2.7");
        await guarded.StatusAsync(HttpMethod.Get, $"process-workflow/{session}", key: null, from: "192.0.2.8");
        await guarded.StatusAsync(HttpMethod.Get, $"process-workflow/{session}", Guarded.Text(), from: "2001:db8::1");

        Assert.Equal(
            [
                ("getWorkflow", null, null, "192.0.2.8", 401), ("getWorkflow", null, null, "2001:db8::1", 401), ("listKeys", "key-view", null, "192.0.2.7", 403),
                ("stopWorkflow", "key-view", session, "192.0.2.7", 403),
            ],
            (await RecordsAsync(guarded)).Where(record => record.Kind is AuditKind.Refusal).Select(record => (record.Action, record.Actor, record.Target, record.From, record.Status)).Order());
    }

    [Fact]
    public async Task An_id_that_opens_what_it_names_is_cut()
    {
        await using var guarded = await Guarded.StartAsync();
        await guarded.StatusAsync(HttpMethod.Delete, "blobs/0123456789abcdef", Guarded.Bootstrap);

        Assert.Equal("01234567…", Assert.Single(await RecordsAsync(guarded)).Target);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_counted_and_not_written_one_by_one()
    {
        await using var guarded = await Guarded.StartAsync();
        await guarded.StatusAsync(HttpMethod.Get, "engines", key: null);
        await RecordsAsync(guarded);
        var before = guarded.Grains.Audit.Records.Length;

        for (var i = 0; i < 500; i++)
        {
            await guarded.StatusAsync(HttpMethod.Get, "engines", Guarded.Text(), from: $"192.0.2.{i % 100}");
        }

        var records = (await RecordsAsync(guarded))[before..];
        Assert.Equal(500, records.Sum(record => record.Count));
        Assert.InRange(records.Length, 1, 200);
    }

    [Fact]
    public async Task A_submission_is_there_while_its_caller_waits_and_a_socket_while_it_is_open()
    {
        await using var guarded = await Guarded.StartAsync();
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        guarded.Grains.Trouble = call =>
        {
            if (call is nameof(ISessionGrain.WaitAsync))
            {
                waits.TrySetResult();
            }

            return Task.CompletedTask;
        };
        using var gone = new CancellationTokenSource();
        guarded.Gateway.Http.DefaultRequestHeaders.Authorization = new("Bearer", Guarded.Bootstrap);
        var waiting = guarded.Gateway.Http.PostAsync(new Uri("process-single-engine", UriKind.Relative), HttpClientExtensions.Json(System.Text.Encoding.UTF8.GetBytes(Hello.Insert(1, "\"waitTimeSecond\":600,"))), gone.Token);
        await waits.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, Ct);
        var session = guarded.Grains.Only();

        await using var socket = await SocketClient.OpenAsync(guarded.Gateway.Http, session, key: Guarded.Bootstrap);
        await socket.HearAsync();

        Assert.Equal([("openSocket", session, 101), ("processSingleEngine", session, 200)], (await RecordsAsync(guarded)).Select(record => (record.Action, record.Target!, record.Status)).Order());
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task What_the_cluster_does_not_take_is_told_later()
    {
        await using var guarded = await Guarded.StartAsync();
        guarded.Grains.Trouble = call => call is "AppendAudit" ? throw new TimeoutException(call) : Task.CompletedTask;
        await guarded.StatusAsync(HttpMethod.Delete, "engines/echo", Guarded.Bootstrap);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await guarded.StatusAsync(HttpMethod.Get, "audit", Guarded.Bootstrap));
        Assert.Empty(guarded.Grains.Audit.Records);

        guarded.Grains.Trouble = null;

        Assert.Equal("deleteEngine", Assert.Single(await RecordsAsync(guarded)).Action);
    }

    [Fact]
    public async Task It_is_read_in_pages_by_what_is_asked_for()
    {
        await using var guarded = await Guarded.StartAsync();
        await guarded.StatusAsync(HttpMethod.Delete, "engines/echo", Guarded.Bootstrap);

        var page = await guarded.AskAsync(HttpMethod.Get, "audit?kind=change&tenant=default&actor=bootstrap&action=deleteEngine&limit=7&cursor=9-10-2", Guarded.Bootstrap);

        Assert.Equal(
            new() { Kind = AuditKind.Change, Tenant = "default", Actor = "bootstrap", Action = "deleteEngine", Limit = 7, Before = new(9, 10, AuditKind.Refusal) }, guarded.Grains.Audit.Asked);
        var record = Assert.Single(page.Data.GetProperty("records").EnumerateArray());
        Assert.Equal(["time", "kind", "action", "actor", "by", "tenant", "target", "from", "status", "count"], record.EnumerateObject().Select(member => member.Name));
        Assert.Equal("7-8-1", page.Data.GetProperty("nextCursor").GetString());
        (await guarded.AskAsync(HttpMethod.Get, "audit?kind=all&limit=0&cursor=9-10-3", Guarded.Bootstrap)).HasFaults(("?kind", "out-of-range"), ("?limit", "out-of-range"), ("?cursor", "out-of-range"));
    }

    [Fact]
    public async Task Each_record_is_a_line_of_JSON_in_the_log_without_payloads_and_secrets()
    {
        AllLog log = new();
        await using var guarded = await Guarded.StartAsync(services: log.Keep);
        await guarded.AskAsync(HttpMethod.Post, "process-single-engine", Guarded.Bootstrap, Hello);
        await RecordsAsync(guarded);

        var line = Assert.Single(log.Lines, line => line.StartsWith("{\"time\":", StringComparison.Ordinal));

        Assert.Equal("processSingleEngine", JsonDocument.Parse(line).RootElement.GetProperty("action").GetString());
        Assert.DoesNotContain(log.Lines, each => each.Contains("canary", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Where_callers_are_not_told_apart_there_is_none()
    {
        await using var gateway = await StubGateway.StartAsync();
        await gateway.Http.DeleteAsync(new Uri("engines/echo", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.Conflict, (await gateway.Http.ReadAsync("audit")).StatusCode);
        await gateway.Services.GetRequiredService<AuditTrail>().FlushAsync(Ct);
        Assert.Empty(gateway.Grains.Audit.Records);
    }

    private static async Task<System.Collections.Immutable.ImmutableArray<AuditRecord>> RecordsAsync(Guarded guarded)
    {
        await guarded.Gateway.Services.GetRequiredService<AuditTrail>().FlushAsync(Ct);
        return guarded.Grains.Audit.Records;
    }
}
