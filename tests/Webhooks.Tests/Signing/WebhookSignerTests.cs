namespace BlueEdge.Webhooks.Tests.Signing;

public sealed class WebhookSignerTests
{
    /// <summary>Of the libraries of the specification, which all have it in their tests.</summary>
    private const string Text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    [Fact]
    public void It_signs_as_the_specifications_libraries_do()
    {
        var headers = new WebhookSigner(WebhookSecret.Parse(Text)).Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", At, """{"test": 2432232314}"""u8);

        Assert.Equal("msg_p5jXN8AQM9LWM0D4loKWxJek", headers["webhook-id"]);
        Assert.Equal("1614265330", headers["webhook-timestamp"]);
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", headers["webhook-signature"]);
    }

    [Fact]
    public void With_two_secrets_it_signs_twice()
    {
        var first = WebhookSecret.Parse(Text);
        var second = WebhookSecret.Parse(Convert.ToBase64String(new byte[24]));

        string Signature(params WebhookSecret[] secrets) => new WebhookSigner(secrets).Sign("a", At, [])["webhook-signature"];

        Assert.Equal($"{Signature(first)} {Signature(second)}", Signature(first, second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.1614265330")]
    public void An_id_that_could_be_read_in_two_ways_is_not_signed(string id) =>
        Assert.Throws<ArgumentException>(() => new WebhookSigner(WebhookSecret.Parse(Text)).Sign(id, At, []));
}
