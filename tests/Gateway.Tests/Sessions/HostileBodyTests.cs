using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>What bodies cost that were made to cost much: so many bytes for each of theirs, whatever they hold.</summary>
[Collection(Alone.Name)]
public sealed class HostileBodyTests
{
    private const int Large = 20_000_000;

    // A request of any kind may take some; beyond that it is by its bytes.
    private const long AnyBody = 1_000_000;
    private const int EachByte = 8;

    private static readonly SessionLimits Limits = new();

    private static readonly Dictionary<string, Func<string>> Bodies = new(StringComparer.Ordinal)
    {
        { "a long name with many faults", () => With("""{"engineId":"hello","inputs":{"*":{"type":"x"}},"webhooks":[{"callbackHeader":{"*":1}}]}""", new string('n', 60_000)) },
        { "many faults below a long name", () => With("""{"engineId":"hello","inputs":{"*":{"type":"JSON",?}}}""".Replace("?", Repeat("\"type\":1", 6_000), StringComparison.Ordinal), new string('n', 60_000)) },
        { "many faults in headers of long names", () => With("""{"webhooks":[{"callbackHeader":{*}}]}""", Repeat(i => $"\"{new string('h', 2_000)}{i}\":\"\\u0001\"", 5_000)) },
        { "inputs that give way to outputs", () => With("""{"engineId":"hello","inputs":{*},"outputs":{*}}""", Repeat(i => $"\"a{Way(i)}\":{{\"type\":\"JSON\"}}", 3_000)) },
        { "many ports", () => With("""{"engineId":"hello","inputs":{*}}""", Repeat(i => $"\"p{i}\":{{\"type\":\"JSON\",\"payload\":1}}", 500_000)) },
        { "one port many times", () => With("""{"engineId":"hello","inputs":{*}}""", Repeat("\"p\":{}", 2_000_000)) },
        { "one member many times", () => With("{*}", Repeat("\"rank\":\"x\"", 1_500_000)) },
        { "many result channels", () => With("""{"engineId":"hello","resultChannels":[*]}""", Repeat(i => $"\"r{i}\"", 1_500_000)) },
        { "many webhooks", () => With("""{"webhooks":[*]}""", Repeat("{}", 5_000_000)) },
        { "a long address to call", () => With("""{"webhooks":[{"statusTypes":["a"],"callbackUrl":"http://*"}]}""", Repeat("a.", 5_000_000, "")) },
        { "many start data", () => With("""{"dataChannels":[{"name":"a","type":"JSON"}],"startData":[*]}""", Repeat("""{"channelName":"a","payload":1}""", 600_000)) },
        { "many empty start data", () => With("""{"startData":[*]}""", Repeat("{}", 5_000_000)) },
        { "many links", () => With("""{"engines":[{"id":"relay","inputs":[*]}]}""", Repeat("""{"name":"In","linkTo":"a"}""", 700_000)) },
        { "many channels", () => With("""{"dataChannels":[*]}""", Repeat(i => $"{{\"name\":\"c{i}\",\"type\":\"JSON\"}}", 600_000)) },
        { "many engines", () => With("""{"engines":[*]}""", Repeat(i => $"{{\"id\":\"relay\",\"name\":\"n{i}\"}}", 600_000)) },
        { "JSON that nobody knows, as deep as it may be, many times", () => With("""{"unknown":[*]}""", Repeat(new string('[', 100) + new string(']', 100), Large / 201)) },
        { "JSON that is too deep", () => With("""{"unknown":*}""", new string('[', Large / 2) + new string(']', Large / 2)) },
        { "wide JSON that nobody knows", () => With("""{"unknown":[*]}""", Repeat("{}", Large / 3)) },
        { "a number of many digits", () => With("""{"rank":*}""", new string('9', Large)) },
        { "a fraction of many digits", () => With("""{"waitTimeSecond":0.*}""", new string('9', Large)) },
        { "a number beyond all", () => """{"rank":1e400,"waitTimeSecond":-1e400,"retry":{"attempts":1e400,"backoffSeconds":1e400}}""" },
        { "an engine of a long name", () => With("""{"engineId":"*"}""", new string('e', Large)) },
        { "a long escaped name", () => With("""{"engineId":"hello","inputs":{"*":{}}}""", Repeat("\\u0000", Large / 7, "")) },
        { "names of half surrogate pairs", () => With("""{"engineId":"\ud800","inputs":{*}}""", Repeat(i => $"\"\\ud800{i}\":{{}}", 500_000)) },
        { "a long media type", () => With("""{"engineId":"look","inputs":{"Picture":{"type":"Image","payload":{"mediaType":"*","data":"AAAA"}}}}""", new string('m', Large)) },
        { "what is no base64", () => With("""{"engineId":"look","inputs":{"Picture":{"type":"Image","payload":"*"}}}""", new string('~', Large)) },
    };

    public static TheoryData<string> Kinds => [.. Bodies.Keys];

    [Theory, MemberData(nameof(Kinds))]
    public void A_body_costs_memory_by_its_length(string kind)
    {
        var bytes = Encoding.UTF8.GetBytes(Bodies[kind]());
        _ = AnswerTo("{}"u8.ToArray()); // What is made once is not counted.

        foreach (var read in (Func<byte[], ParsedSession>[])[text => WorkflowReader.Read(text, Limits), text => SingleEngineReader.Read(text, Limits)])
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var since = Stopwatch.GetTimestamp();
            var answered = Answer(bytes, read);
            var took = Stopwatch.GetElapsedTime(since);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            TestContext.Current.TestOutputHelper?.WriteLine($"{kind}: {bytes.Length:N0} bytes of body, {allocated:N0} allocated, {answered:N0} answered, in {took.TotalMilliseconds:N0} ms");
            Assert.InRange(allocated, 0, AnyBody + (EachByte * (long)bytes.Length));
            Assert.InRange(answered, 0, 200_000);
        }
    }

    [Fact]
    public async Task Faults_are_listed_up_to_a_hundred_and_counted()
    {
        await using var gateway = await StubGateway.StartAsync();
        var channels = Repeat("""{"name":"","type":"JSON"}""", 150);

        var sense = await gateway.Http.SubmitAsync("process-workflow", $$"""{"dataChannels":[{{channels}}],"engines":[{"id":"nobody"}]}""");
        var form = await gateway.Http.SubmitAsync("process-workflow", $$"""{"dataChannels":[{{Repeat("1", 150)}}]}""");
        var both = await gateway.Http.SubmitAsync("process-workflow", $$"""{"rank":"x","dataChannels":[{{channels}}],"engines":[{"id":"nobody"}]}""");

        Assert.Equal((100, 51), Counted(sense));
        Assert.Equal((100, 50), Counted(form));
        Assert.Equal((100, 52), Counted(both));
        Assert.Contains("51 more", sense.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pointer_shows_a_long_name_cut_and_with_a_mark()
    {
        await using var gateway = await StubGateway.StartAsync();

        var answer = await gateway.Http.SubmitAsync("process-single-engine", With("""{"engineId":"hello","webhooks":[{"statusTypes":["a"],"callbackUrl":"http://a","callbackHeader":{"*":1}}]}""", new string('/', 100_000)));

        var pointer = answer.Faults.Single(fault => fault.Pointer.Contains("callbackHeader", StringComparison.Ordinal)).Pointer;
        Assert.Equal($"/webhooks/0/callbackHeader/{Repeat("~1", 255, "")}…", pointer);
    }

    private static (int Listed, int Further) Counted(Answer answer) =>
        (answer.Faults.Count, answer.Data.GetProperty("furtherErrors").GetInt32());

    private static int AnswerTo(byte[] body) => Answer(body, text => WorkflowReader.Read(text, Limits)) + Answer(body, text => SingleEngineReader.Read(text, Limits));

    /// <summary>Reads, validates as a grain does, and writes the faults; says how many bytes these take.</summary>
    private static int Answer(byte[] body, Func<byte[], ParsedSession> read)
    {
        try
        {
            var parsed = read(body);
            var found = SessionValidator.Validate(parsed.Spec, Engines, Limits);
            return JsonSerializer.SerializeToUtf8Bytes(
                new ErrorResponse { Message = "", Data = new() { Errors = [.. FaultReport.ToErrors(parsed.Faults.Listed, null), .. FaultReport.ToErrors(found.Listed, parsed.Places)] } },
                AnswerJson.Context.ErrorResponse).Length;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static ImmutableDictionary<string, BlueEdge.Engines.EngineDefinition> Engines { get; } = new FakeGrains().Engines;

    private static string With(string body, string part) => body.Replace("*", part, StringComparison.Ordinal);

    private static string Way(int number) => string.Concat(Enumerable.Repeat(" (input)", number % 30)) + (number / 30).ToString(CultureInfo.InvariantCulture);

    private static string Repeat(string part, int count, string separator = ",") => string.Join(separator, Enumerable.Repeat(part, count));

    private static string Repeat(Func<int, string> part, int count) => string.Join(',', Enumerable.Range(0, count).Select(part));
}
