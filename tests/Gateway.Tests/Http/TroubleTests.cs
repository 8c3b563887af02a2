using System.Diagnostics;
using System.Net;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Sessions;
using BlueEdge.Storage;

namespace BlueEdge.Gateway.Tests.Http;

/// <summary>What callers hear when something behind the gateway is away or broken.</summary>
public sealed class TroubleTests
{
    private const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":1}},"waitTimeSecond":1}""";

    private static readonly string Id = SessionIds.Create();

    public static TheoryData<Exception> Unavailable { get; } =
    [
        new SiloUnavailableException("secret"),
        new OrleansException("secret"),
        new TimeoutException("secret"),
        new BlueEdgeException("secret", new TimeoutException("secret")),
    ];

    [Theory, MemberData(nameof(Unavailable))]
    public async Task A_cluster_that_is_away_is_503_with_a_time_to_come_back(Exception exception)
    {
        await using var gateway = await StubGateway.StartAsync(configure: ShortPatience);
        gateway.Grains.Trouble = _ => throw exception;

        foreach (var answer in (Answer[])
            [
                await gateway.Http.SubmitAsync("process-single-engine", Hello),
                await gateway.Http.ReadAsync($"process-workflow/{Id}"),
                await gateway.Http.SubmitAsync($"process-workflow/{Id}/stop", ""),
                await gateway.Http.ReadAsync($"process-workflow/{Id}/results/a/0"),
                await gateway.Http.ReadAsync("engines"),
                await gateway.Http.ReadAsync("sessions"),
            ])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Response.Headers.RetryAfter?.Delta);
            Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_silo_that_goes_costs_a_caller_nothing_but_a_moment()
    {
        await using var gateway = await StubGateway.StartAsync();
        var away = 3;
        gateway.Grains.Trouble = _ => Interlocked.Decrement(ref away) >= 0 ? throw new SiloUnavailableException() : Task.CompletedTask;

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(gateway.Grains.Only(), answer.SessionId);
    }

    [Theory, MemberData(nameof(Unavailable))]
    public async Task A_submission_that_may_have_arrived_is_named(Exception exception)
    {
        await using var gateway = await StubGateway.StartAsync(configure: ShortPatience);
        gateway.Grains.Trouble = _ => throw exception;

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(gateway.Grains.Only(), answer.SessionId);
    }

    [Fact]
    public async Task A_submission_that_went_nowhere_is_not_named()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = NoSilo;

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.DoesNotContain("sessionId", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_store_says_of_itself_is_told()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => throw new BlueEdgeException("secret", new StoreUnavailableException("The disk is full."));

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The disk is full.", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_503_within_5_seconds()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();

        var answer = await gateway.Http.SubmitAsync("process-single-engine", Hello);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5.5));
    }

    [Fact]
    public async Task A_session_that_was_accepted_is_named_also_where_its_results_cannot_be_read()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = async call =>
        {
            if (call is "WaitAsync")
            {
                gateway.Grains.Session(gateway.Grains.Only()).Move(SessionStatus.Finished);
            }

            await (call is "ReadResultsAsync" ? throw new SiloUnavailableException() : Task.CompletedTask);
        };

        var answer = await gateway.Http.SubmitAsync(
            "process-single-engine", Hello.Replace("}},", "}},\"outputs\":{\"Result\":{\"type\":\"JSON\",\"interested\":true}},", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(gateway.Grains.Only(), answer.SessionId);
    }

    [Theory, InlineData("Production"), InlineData("Development")]
    public async Task What_breaks_is_500_without_its_insides(string environment)
    {
        await using var gateway = await StubGateway.StartAsync(environment: environment);
        gateway.Grains.Trouble = _ => throw new InvalidOperationException("secret");

        var answer = await gateway.Http.ReadAsync($"process-workflow/{Id}");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain("secret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_form_are_told_also_while_the_engines_are_not_known()
    {
        await using var gateway = await StubGateway.StartAsync();
        gateway.Grains.Trouble = _ => throw new SiloUnavailableException();

        (await gateway.Http.SubmitAsync("process-single-engine", """{"engineId":5,"rank":"x"}"""))
            .HasFaults(("/engineId", "malformed"), ("/rank", "malformed"));
    }

    [Fact]
    public async Task Unknown_routes_and_methods_are_told_in_the_envelope()
    {
        await using var gateway = await StubGateway.StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.ReadAsync("nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.ReadAsync($"process-workflow/{Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.ReadAsync("process-workflow/not-an-id")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Http.SubmitAsync($"process-workflow/{Id}/stop", "")).StatusCode);
        var wrong = await gateway.Http.ReadAsync("process-workflow");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Equal(["POST"], wrong.Response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("nothing", 404)]
    [InlineData("broken", 500)]
    public async Task Outside_the_api_errors_are_problem_details(string path, int status)
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.GetAsync(new Uri($"../../{path}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("waitTimeSecond=-1", "?waitTimeSecond")]
    [InlineData("waitTimeSecond=NaN", "?waitTimeSecond")]
    [InlineData("offset=-1", "?offset")]
    [InlineData("limit=0", "?limit")]
    [InlineData("limit=ten", "?limit")]
    public async Task Query_parameters_that_make_no_sense_are_faults(string query, string pointer)
    {
        await using var gateway = await StubGateway.StartAsync();

        (await gateway.Http.ReadAsync($"process-workflow/{Id}?{query}")).HasFaults((pointer, "out-of-range"));
    }

    private static Task NoSilo(string call) => throw new ArgumentException("No silo hosts sessions.", nameof(call));

    private static void ShortPatience(GatewayOptions options) => options.CallTimeout = TimeSpan.FromSeconds(0.3);
}
