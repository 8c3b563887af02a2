using System.Text;
using System.Text.Json;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Tests.Hosting;
using BlueEdge.Validation;
using CsCheck;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>Bodies nobody thought of: parts of good ones in the wrong place.</summary>
public sealed class ReaderFuzzTests
{
    private static readonly string[] Bodies =
    [
        .. Examples.Workflow.Concat(Examples.SingleEngine).Select(example => example.Json),
        """{"engineId":"look","inputs":{"Picture":{"type":"Image","payload":{"mediaType":"image/png","data":"AAAA"}}},"outputs":{"Picture":{"type":"File"}},"resultChannels":["Picture"],"webhooks":[{"statusTypes":["a"],"callbackUrl":"http://a","callbackHeader":{"b":"c"},"resultChan":"Picture"}],"rank":1,"retry":{"attempts":1,"backoffSeconds":2}}""",
    ];

    private static readonly string[] Parts =
        ["null", "1", "-1e999", "\"\"", "\"\\ud800\"", "\"a\"", "[]", "[[]]", "{}", "true", ",", ":", "\"JSON\"", "\"Image\"", "\"In\":1", "\"\\u0000\"", "1.5", "\"data:,\"", "\"engines\":"];

    private static readonly Gen<byte[]> AnyBody = Gen.Select(
        Gen.Int[0, Bodies.Length - 1], Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 12], Gen.Int[0, Parts.Length - 1]).Array[0, 4]).Select((body, changes) =>
        {
            var text = new StringBuilder(Bodies[body]);
            foreach (var (place, length, part) in changes)
            {
                var start = place % text.Length;
                text.Remove(start, Math.Min(length, text.Length - start - 1)).Insert(start, Parts[part]);
            }

            return Encoding.UTF8.GetBytes(text.ToString());
        });

    /// <summary>Replaces whole values, so that the body stays JSON.</summary>
    private static readonly Gen<byte[]> AnyJson = Gen.Select(
        Gen.Int[0, Bodies.Length - 1], Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200]).Array[0, 4]).Select((body, changes) =>
        {
            var text = Bodies[body];
            foreach (var (target, source) in changes)
            {
                var values = Values(text);
                var (start, end) = values[target % values.Count];
                var (from, to) = values[source % values.Count];
                text = text[..start] + text[from..to] + text[end..];
            }

            return Encoding.UTF8.GetBytes(text);
        });

    [Fact]
    public void No_body_breaks_a_reader() => AnyBody.Sample(body => { _ = ReadBoth(body); }, iter: 30_000);

    [Fact]
    public void No_json_in_the_wrong_place_breaks_a_reader() => AnyJson.Sample(body => Assert.True(ReadBoth(body)), iter: 30_000);

    /// <summary>Reads and validates; says whether the body was JSON.</summary>
    private static bool ReadBoth(byte[] body)
    {
        var limits = new SessionLimits();
        var engines = new FakeGrains().Engines;
        foreach (var read in (Func<ParsedSession>[])[() => WorkflowReader.Read(body, limits), () => SingleEngineReader.Read(body, limits)])
        {
            try
            {
                var parsed = read();
                var places = new FaultPlaces(parsed.Faults.Listed);
                foreach (var error in FaultReport.ToErrors(SessionValidator.Validate(parsed.Spec, engines, limits).Listed, parsed.Places))
                {
                    _ = places.Explain(error);
                }

                if (parsed.Faults.IsEmpty)
                {
                    Assert.All(parsed.Spec.Channels, channel => Assert.True(Enum.IsDefined(channel.Type)));
                    Assert.All(parsed.Spec.StartData, start => Assert.True(Enum.IsDefined(start.Payload.Type) || !parsed.Spec.Channels.Any(channel => channel.Name == start.Channel)));
                }
            }
            catch (JsonException)
            {
                return false;
            }
        }

        return true;
    }

    private static List<(int Start, int End)> Values(string text)
    {
        List<(int, int)> values = [];
        var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        while (json.Read())
        {
            if (json.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject))
            {
                var value = json;
                value.Skip();
                values.Add(((int)json.TokenStartIndex, (int)value.BytesConsumed));
            }
        }

        return values;
    }
}
