using System.Security.Cryptography;
using System.Text;
using BlueEdge.Client.Webhooks;

namespace BlueEdge.Webhooks.Tests.Signing;

public sealed class StandardLibraryTests
{
    private const string Id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    private const string Body = """{"type":"sessionStatusChanged","data":{"status":"finished","name":"Zoë 🎬"}}""";

    private readonly string _text = NewText();
    private readonly string _other = NewText();

    [Fact]
    public async Task It_accepts_what_is_signed_here_and_nothing_else()
    {
        var now = TimeProvider.System.GetUtcNow();
        var signer = new WebhookSigner(WebhookSecret.Parse(_text));
        var rotating = new WebhookSigner(WebhookSecret.Parse(_other), WebhookSecret.Parse(_text));
        var headers = signer.Sign(Id, now, Encoding.UTF8.GetBytes(Body));

        var answers = await StandardLibrary.AskAsync(
            new { secret = _text, body = Body, headers },
            new { secret = _text, body = Body, headers = rotating.Sign(Id, now, Encoding.UTF8.GetBytes(Body)) },
            new { secret = _text, body = Body.Replace("finished", "canceled", StringComparison.Ordinal), headers },
            new { secret = _text, body = Body, headers = headers.SetItem(WebhookHeaders.Id, "msg_another") },
            new { secret = _other, body = Body, headers },
            new { secret = _text, body = Body, headers = signer.Sign(Id, now.AddMinutes(-6), Encoding.UTF8.GetBytes(Body)) });

        Assert.Equal(
            ["valid", "valid", "No matching signature found", "No matching signature found", "No matching signature found", "Message timestamp too old"],
            answers);
    }

    [Fact]
    public async Task What_it_signs_is_accepted_here_and_nothing_else()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var answers = await StandardLibrary.AskAsync(
            new { secret = _text, body = Body, id = Id, timestamp = now },
            new { secret = _text, body = Body, id = Id, timestamp = now - 360 },
            new { secret = _other, body = Body, id = Id, timestamp = now });

        var verifier = new WebhookVerifier([WebhookSecret.Parse(_text)]);
        WebhookVerification Verify(string body, long timestamp, string signature) =>
            verifier.Verify(Encoding.UTF8.GetBytes(body), Id, timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture), signature);

        Assert.Equal(WebhookVerification.Valid, Verify(Body, now, answers[0]));
        Assert.Equal(WebhookVerification.Valid, Verify(Body, now, $"v1a,other {answers[2]} {answers[0]}"));
        Assert.Equal(WebhookVerification.SignatureWrong, Verify($"{Body} ", now, answers[0]));
        Assert.Equal(WebhookVerification.SignatureWrong, Verify(Body, now - 1, answers[0]));
        Assert.Equal(WebhookVerification.TooOld, Verify(Body, now - 360, answers[1]));
        Assert.Equal(WebhookVerification.SignatureWrong, Verify(Body, now, answers[2]));
    }

    private static string NewText() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
}
