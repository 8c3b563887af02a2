using System.Globalization;

namespace BlueEdge.Tool.Tests.Sessions;

/// <summary>Sessions of the sample engines.</summary>
internal static class Bodies
{
    public const string Hello = """{"engineId":"hello","inputs":{"Control":{"type":"JSON","payload":{"name":"Ada"}}},"outputs":{"Result":{"type":"JSON","interested":true}}}""";

    public const string Fail = """{"engineId":"fail","inputs":{"Control":{"type":"JSON","payload":{"message":"no luck"}}}}""";

    /// <summary>Two faults.</summary>
    public const string Wrong = """{"engineId":"nobody","rank":1.5}""";

    public static string Delay(double seconds) =>
        $$"""
        {
          "engineId": "delay",
          "inputs": { "Control": { "type": "JSON", "payload": { "seconds": {{seconds.ToString(CultureInfo.InvariantCulture)}} } } },
          "outputs": { "Result": { "type": "JSON", "interested": true } }
        }
        """;

    /// <summary>Passes on what is fed into In, to Out.</summary>
    public static string Relay(string startData = "[]") =>
        $$"""
        {
          "dataChannels": [{"name": "In", "type": "JSON"}, {"name": "Out", "type": "JSON", "interested": true}],
          "engines": [{"id": "relay", "inputs": [{"name": "In", "linkTo": "In"}], "outputs": [{"name": "Out", "linkTo": "Out"}]}],
          "startData": {{startData}},
          "waitTimeSecond": 30
        }
        """;
}
