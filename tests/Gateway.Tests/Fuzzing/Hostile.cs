using System.Text;

namespace BlueEdge.Gateway.Tests.Fuzzing;

/// <summary>Values that break what was not made for them, as they stand in JSON, and as text.</summary>
internal static class Hostile
{
    /// <summary>JSON, or nearly.</summary>
    public static string[] Json { get; } =
    [
        "null", "true", "-1", "0.5", "1e400", "-1e400", "1e-400", "9223372036854775808", new('9', 10_000), "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
        "\"..\"", "\".\"", "\"a/b\"", "\"%2F\"", "\"~1~0\"", "\"__proto__\"", "\"results\"", "\"😀\"", "\"\\r\\nX: y\"", "[]", "{}", "[[]]", "[null]",
        "{\"\":\"\"}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", $"\"{new string('n', 5_000)}\"", $"\"{new string('é', 300)}\"",
        $"{new string('[', 100)}{new string(']', 100)}", $"{new string('[', 200)}{new string(']', 200)}", $"[{string.Join(',', Enumerable.Repeat("{}", 2_000))}]",
        "\"data:;base64,AAAA\"", "\"data:image/é;base64,AAAA\"", "{\"mediaType\":\"a/b\",\"data\":\"AAAA\"}", "{\"mediaType\":\"\\u0001\",\"data\":\"!\"}",
        "NaN", "'a'", "", "[", "\"", "1,", "/*a*/1", "\u0000",
    ];

    /// <summary>Text of addresses, parameters and headers.</summary>
    public static string[] Text { get; } =
    [
        "", " ", "-1", "0", "1", "1.5", "1e3", "NaN", "Infinity", "99999999999999999999", "..", ".", "a/b", "%2F", "%00", "%ff", "%", "+", "😀", "'\"<>&;",
        "*", "application/json", "gzip", "GZIP", "identity", "null", "true", "finished", "../../docs", "\\", "a,b", "a=b", new('x', 300), new('x', 3_000),
    ];

    /// <summary>Breaks a body at a place: what is left may be anything.</summary>
    public static byte[] Break(byte[] body, Random random)
    {
        if (body.Length == 0)
        {
            return body;
        }

        var broken = body.ToArray();
        switch (random.Next(4))
        {
            case 0: return broken[..random.Next(broken.Length)];
            case 1: random.NextBytes(broken.AsSpan(random.Next(broken.Length))); return broken;
            case 2: broken[random.Next(broken.Length)] = (byte)random.Next(256); return broken;
            default: return [.. broken, .. Encoding.UTF8.GetBytes(Json[random.Next(Json.Length)])];
        }
    }
}
