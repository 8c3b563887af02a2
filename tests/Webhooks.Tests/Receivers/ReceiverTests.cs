using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using BlueEdge.Outbound.Http;
using BlueEdge.Webhooks.Tests.Outbound;

namespace BlueEdge.Webhooks.Tests.Receivers;

public sealed class ReceiverTests
{
    private readonly string _text = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    [Fact]
    public async Task The_sample_prints_each_event_once_and_refuses_what_is_not_signed()
    {
        await using var receiver = await ReceiverProcess.StartAsync(_text);
        var signer = new WebhookSigner(WebhookSecret.Parse(_text));

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(receiver, "{}", []));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(receiver, """{"a":2}""", Sign(signer, "msg_1", """{"a":1}""")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(receiver, "{\n\"a\": 1\n}", Sign(signer, "msg_1", "{\n\"a\": 1\n}")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(receiver, """{"a":1}""", Sign(signer, "msg_1", """{"a":1}""")));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(receiver, """{"b":2}""", Sign(signer, "msg_2", """{"b":2}""")));

        Assert.Equal("""msg_1 {"a":1}""", await receiver.LineAsync("msg_"));
        Assert.Equal("""msg_2 {"b":2}""", await receiver.LineAsync("msg_"));
    }

    private static ImmutableDictionary<string, string> Sign(WebhookSigner signer, string id, string body) =>
        signer.Sign(id, TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes(body));

    private static async Task<HttpStatusCode> PostAsync(ReceiverProcess receiver, string body, ImmutableDictionary<string, string> headers)
    {
        using var harness = OutboundHarness.Allowing();
        return Assert.IsType<OutboundAnswer>(await harness.SendAsync(new() { Url = receiver.Url, Body = Encoding.UTF8.GetBytes(body), Headers = headers })).Status;
    }
}
