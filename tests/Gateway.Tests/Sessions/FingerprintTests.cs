using System.Text;
using BlueEdge.Gateway.Sessions;

namespace BlueEdge.Gateway.Tests.Sessions;

/// <summary>Which bodies are the same under one idempotency key.</summary>
public sealed class FingerprintTests
{
    [Theory]
    [InlineData("""{"waitTimeSecond":5}""", "{}")]
    [InlineData("""{"waitTimeSecond":5,"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1,"waitTimeSecond":5}""", """{"a":1}""")]
    [InlineData("""{"a":[1],"waitTimeSecond" : 5e0 , "b":{}}""", """{"a":[1],"b":{}}""")]
    [InlineData("""{"a":",","waitTimeSecond":null,"b":2}""", """{"a":",","waitTimeSecond":600,"b":2}""")]
    [InlineData("""{ "wait\u0054imeSecond": 5 , "a":1}""", """{"a":1}""")]
    public void How_long_the_call_waits_makes_no_other_body(string one, string other) => Assert.Equal(Of(other), Of(one));

    [Theory]
    [InlineData("""{"a":{"waitTimeSecond":5}}""", """{"a":{"waitTimeSecond":6}}""")]
    [InlineData("""{"a":"waitTimeSecond\":5"}""", """{"a":"waitTimeSecond\":6"}""")]
    [InlineData("""{"waitTimeSecond":5,"a":1}""", """{"waitTimeSecond":5,"a":2}""")]
    public void All_else_does(string one, string other) => Assert.NotEqual(Of(other), Of(one));

    private static string Of(string body) => BodyFingerprint.Of(Encoding.UTF8.GetBytes(body));
}
