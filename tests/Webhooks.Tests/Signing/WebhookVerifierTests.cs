using System.Globalization;
using BlueEdge.Client.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Webhooks.Tests.Signing;

public sealed class WebhookVerifierTests
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly WebhookSecret Other = WebhookSecret.Parse(Convert.ToBase64String(new byte[24]));
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly byte[] Body = """{"test": 2432232314}"""u8.ToArray();

    private readonly FakeTimeProvider _clock = new(At);

    [Theory]
    [InlineData(0, WebhookVerification.Valid)]
    [InlineData(300, WebhookVerification.Valid)]
    [InlineData(301, WebhookVerification.TooOld)]
    [InlineData(-300, WebhookVerification.Valid)]
    [InlineData(-301, WebhookVerification.TooNew)]
    public void What_was_sent_within_five_minutes_is_valid(int age, WebhookVerification expected) =>
        Assert.Equal(expected, VerifySent(At.AddSeconds(-age), new([Secret], _clock)));

    [Fact]
    public void The_tolerance_is_the_receivers_choice()
    {
        Assert.Equal(WebhookVerification.Valid, VerifySent(At.AddHours(-1), new([Secret], _clock) { Tolerance = TimeSpan.FromHours(1) }));
        Assert.Equal(WebhookVerification.TooOld, VerifySent(At.AddSeconds(-2), new([Secret], _clock) { Tolerance = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public void Either_side_may_know_two_secrets_for_a_while()
    {
        Assert.Equal(WebhookVerification.Valid, VerifySent(At, new([Other, Secret], _clock)));
        Assert.Equal(WebhookVerification.Valid, VerifySent(At, new([Secret], _clock), Other, Secret));
        Assert.Equal(WebhookVerification.SignatureWrong, VerifySent(At, new([Other], _clock)));
        Assert.Equal(WebhookVerification.SignatureWrong, VerifySent(At, new([], _clock)));
    }

    [Theory]
    [InlineData(null, "1614265330", "v1,a", WebhookVerification.HeaderMissing)]
    [InlineData("msg", "", "v1,a", WebhookVerification.HeaderMissing)]
    [InlineData("msg", "1614265330", null, WebhookVerification.HeaderMissing)]
    [InlineData("msg", "yesterday", "v1,a", WebhookVerification.TimestampMalformed)]
    [InlineData("msg", "-1614265330", "v1,a", WebhookVerification.TimestampMalformed)]
    [InlineData("msg", " 1614265330", "v1,a", WebhookVerification.TimestampMalformed)]
    [InlineData("msg", "99999999999999999999", "v1,a", WebhookVerification.TimestampMalformed)]
    [InlineData("msg", "9223372036854775807", "v1,a", WebhookVerification.TooNew)]
    [InlineData("msg", "0", "v1,a", WebhookVerification.TooOld)]
    [InlineData("msg", "1614265330", " ", WebhookVerification.SignatureUnknown)]
    [InlineData("msg", "1614265330", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookVerification.SignatureUnknown)]
    [InlineData("msg", "1614265330", "v1,", WebhookVerification.SignatureWrong)]
    [InlineData("msg", "1614265330", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookVerification.SignatureWrong)]
    public void It_says_what_is_wrong(string? id, string? timestamp, string? signature, WebhookVerification expected) =>
        Assert.Equal(expected, new WebhookVerifier([Secret], _clock).Verify(Body, id, timestamp, signature));

    [Fact]
    public void Any_bit_that_differs_makes_it_wrong()
    {
        var verifier = new WebhookVerifier([Secret], _clock);
        var headers = new WebhookSigner(Secret).Sign("msg", At, Body);
        for (var bit = 0; bit < Body.Length * 8; bit++)
        {
            var changed = Body.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(WebhookVerification.SignatureWrong, verifier.Verify(changed, "msg", headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature]));
        }

        Assert.Equal(WebhookVerification.SignatureWrong, verifier.Verify(Body, "msh", headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature]));
        Assert.Equal(WebhookVerification.SignatureWrong, verifier.Verify(Body, "msg", (At.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture), headers[WebhookHeaders.Signature]));
    }

    private static WebhookVerification VerifySent(DateTimeOffset at, WebhookVerifier verifier, params WebhookSecret[] secrets)
    {
        var headers = new WebhookSigner(secrets is [] ? [Secret] : secrets).Sign("msg", at, Body);
        return verifier.Verify(Body, headers[WebhookHeaders.Id], headers[WebhookHeaders.Timestamp], headers[WebhookHeaders.Signature]);
    }
}
