using System.Diagnostics;
using System.Text;
using System.Text.Json;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Security;

/// <summary>
/// What honest callers notice of a crowd that is slow on purpose. There is a short form; with <c>BLUEEDGE_TEST_FLOOD=full</c> the crowd is of 2,000, and who is honest is held to twice the time that it
/// takes without one.
/// </summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const string Echo = """{"engineId":"relay","inputs":{"In":{"type":"JSON","payload":"PAYLOAD"}}}""";

    private static readonly bool IsFull = Environment.GetEnvironmentVariable("BLUEEDGE_TEST_FLOOD") is "full";

    /// <summary>In the short form, whose few calls have no steady slowest one, and whose machine others use.</summary>
    private static readonly TimeSpan Allowance = IsFull ? TimeSpan.FromMilliseconds(5) : TimeSpan.FromMilliseconds(150);

    private SiloProcess? _silo;

    private static int Crowd => IsFull ? 2_000 : 200;

    private static TimeSpan Measured => TimeSpan.FromSeconds(IsFull ? 20 : 2);

    private SiloProcess Silo => _silo ?? throw new InvalidOperationException("The silo is not started.");

    public async ValueTask InitializeAsync() => _silo = await SiloProcess.StartAsync();

    public ValueTask DisposeAsync() => Silo.DisposeAsync();

    [Theory]
    [InlineData("slow heads")]
    [InlineData("slow bodies")]
    [InlineData("slow reads")]
    public async Task Honest_callers_wait_at_most_twice_as_long_behind(string crowd)
    {
        var address = Silo.Http.BaseAddress!; // It has one.
        var session = crowd is "slow reads" ? await LargeResultAsync() : "";
        await MeasureAsync(TimeSpan.FromSeconds(1));
        var alone = await MeasureAsync(Measured);

        await using Crawlers crawlers = crowd switch
        {
            "slow heads" => new(address.Port, Crowd, "GET /health/live HTTP/1.1\r\nHost: localhost\r\nX: ", "x"),
            "slow bodies" => new(address.Port, Crowd, "POST /api/v1/process-workflow HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20000000\r\n\r\n{", " "),
            _ => new(address.Port, Crowd, $"GET /api/v1/process-single-engine/{session} HTTP/1.1\r\nHost: localhost\r\n\r\n", null),
        };
        await crawlers.ConnectedAsync();
        var behind = await MeasureAsync(Measured);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Crowd} {crowd}: {alone.Count} calls alone, the slowest hundredth {alone.Slow.TotalMilliseconds:0.0} ms; {behind.Count} behind them, {behind.Slow.TotalMilliseconds:0.0} ms; {crawlers.CutOff} cut off; {Silo.Memory / 1_000_000} MB");
        Assert.True(behind.Slow <= (2 * alone.Slow) + Allowance, $"Behind {Crowd} {crowd} the slowest hundredth took {behind.Slow.TotalMilliseconds:0.0} ms, alone {alone.Slow.TotalMilliseconds:0.0} ms.");
        Assert.InRange(Silo.Memory, 0, 700_000_000);
    }

    /// <summary>How long the slowest hundredth of honest calls take, of a few callers that read and submit one after the other.</summary>
    private async Task<(int Count, TimeSpan Slow)> MeasureAsync(TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            List<TimeSpan> own = [];
            while (Stopwatch.GetElapsedTime(began) < time)
            {
                var start = Stopwatch.GetTimestamp();
                using var response = await Silo.Http.GetAsync(new Uri("api/v1/engines", UriKind.Relative), TestContext.Current.CancellationToken);
                own.Add(Stopwatch.GetElapsedTime(start));
                Assert.True(response.IsSuccessStatusCode, $"An honest call is {response.StatusCode}.");
            }

            return own;
        }));
        List<TimeSpan> all = [.. taken.SelectMany(own => own).Order()];
        return (all.Count, all[(int)(all.Count * 0.99)]);
    }

    /// <summary>A session with some megabytes to read.</summary>
    private async Task<string> LargeResultAsync()
    {
        using StringContent body = new(Echo.Replace("PAYLOAD", new string('x', 8_000_000), StringComparison.Ordinal).Insert(1, "\"waitTimeSecond\":60,"), Encoding.UTF8, "application/json");
        using var response = await Silo.Http.PostAsync(new Uri("api/v1/process-single-engine", UriKind.Relative), body, TestContext.Current.CancellationToken);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True(response.IsSuccessStatusCode, answer.RootElement.GetProperty("message").GetString());
        return answer.RootElement.GetProperty("data").GetProperty("sessionId").GetString()!; // Of every session.
    }
}
