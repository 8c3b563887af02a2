using System.Text.Json;

namespace BlueEdge.Webhooks.Tests.Signing;

public sealed class WebhookSecretTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    [InlineData(64)]
    public void Bytes_of_the_right_number_are_one_with_or_without_the_prefix(int length)
    {
        var text = Convert.ToBase64String(new byte[length]);

        Assert.True(WebhookSecret.TryParse(text, out var bare));
        Assert.Equal(bare.Sign("a", 1, []), WebhookSecret.Parse($"whsec_{text}").Sign("a", 1, []));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_not-base64-not-base64-not-base64")]
    [InlineData("WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void Anything_else_is_none_and_not_shown(string? text)
    {
        Assert.False(WebhookSecret.TryParse(text, out _));

        var error = Assert.Throws<BlueEdgeException>(() => WebhookSecret.Parse(text!)); // What a configuration without it gives.
        Assert.True(string.IsNullOrEmpty(text) || text is "whsec_" || !error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(23)]
    [InlineData(65)]
    [InlineData(1_000_000)]
    public void So_are_bytes_of_another_number(int length) => Assert.False(WebhookSecret.TryParse($"whsec_{Convert.ToBase64String(new byte[length])}", out _));

    [Fact]
    public void It_shows_itself_to_nobody()
    {
        var secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

        Assert.Equal("whsec_***", $"{secret}");
        Assert.Equal("{}", JsonSerializer.Serialize(secret));
        Assert.Empty(typeof(WebhookSecret).GetProperties());
    }
}
