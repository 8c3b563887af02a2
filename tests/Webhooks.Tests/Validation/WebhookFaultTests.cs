using System.Collections.Immutable;
using BlueEdge.Engines;
using BlueEdge.Outbound;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Webhooks.Tests.Validation;

public sealed class WebhookFaultTests
{
    [Theory]
    [InlineData("https://example.org/", null)]
    [InlineData("https://user:secret@example.org/", FaultCodes.Malformed)]
    [InlineData("https://example.org/#a", FaultCodes.Malformed)]
    [InlineData("https://example.org:6379/", FaultCodes.NotAllowed)]
    [InlineData("https://[::ffff:127.0.0.1]/", null)]
    [InlineData("http://example.org/", null)]
    public void An_address_that_is_wrong_wherever_it_leads_is_a_fault(string url, string? code)
    {
        var faults = FaultsOf(new() { StatusTypes = ["finish"], CallbackUrl = new(url) });

        Assert.Equal(code is null ? [] : [("/webhooks/0/callbackUrl", code)], faults);
    }

    [Fact]
    public void What_the_operator_allows_is_none()
    {
        WebhookSpec webhook = new() { StatusTypes = ["finish"], CallbackUrl = new("https://example.org:6379/") };

        Assert.NotEmpty(FaultsOf(webhook));
        Assert.Empty(FaultsOf(webhook, new(new() { AllowedPorts = "6379" })));
    }

    [Theory]
    [InlineData("Authorization", "Bearer t", null)]
    [InlineData("Content-Type", "application/json", null)]
    [InlineData("Cookie", "a=b", null)]
    [InlineData("Host", "a", FaultCodes.NotAllowed)]
    [InlineData("content-length", "1", FaultCodes.NotAllowed)]
    [InlineData("Content-Encoding", "gzip", FaultCodes.NotAllowed)]
    [InlineData("TRANSFER-ENCODING", "chunked", FaultCodes.NotAllowed)]
    [InlineData("Connection", "close", FaultCodes.NotAllowed)]
    [InlineData("Keep-Alive", "a", FaultCodes.NotAllowed)]
    [InlineData("TE", "a", FaultCodes.NotAllowed)]
    [InlineData("Trailer", "a", FaultCodes.NotAllowed)]
    [InlineData("Upgrade", "h2c", FaultCodes.NotAllowed)]
    [InlineData("Proxy-Authorization", "a", FaultCodes.NotAllowed)]
    [InlineData("Expect", "100-continue", FaultCodes.NotAllowed)]
    [InlineData("Webhook-Signature", "v1,a", FaultCodes.NotAllowed)]
    [InlineData("A", "b\r\nHost: c", FaultCodes.Malformed)]
    [InlineData("A", "b\0", FaultCodes.Malformed)]
    [InlineData("A", "\u0085", FaultCodes.Malformed)]
    [InlineData("A", "ü", FaultCodes.Malformed)]
    [InlineData("A\n", "b", FaultCodes.Malformed)]
    [InlineData("A B", "c", FaultCodes.Malformed)]
    [InlineData("", "c", FaultCodes.Malformed)]
    public void A_header_that_would_not_be_sent_is_a_fault(string name, string value, string? code)
    {
        var faults = FaultsOf(With(KeyValuePair.Create(name, value)));

        Assert.Equal(code is null ? [] : [($"/webhooks/0/callbackHeader/{name}", code)], faults);
    }

    [Fact]
    public void Headers_are_bounded_in_number_and_size()
    {
        Assert.Empty(FaultsOf(With([.. Enumerable.Range(0, 32).Select(i => KeyValuePair.Create($"h{i}", new string('v', 4_096)))])));

        Assert.Equal([("/webhooks/0/callbackHeader", FaultCodes.TooLarge)], FaultsOf(With([.. Enumerable.Range(0, 33).Select(i => KeyValuePair.Create($"h{i}", "v"))])));
        Assert.Equal([("/webhooks/0/callbackHeader/h", FaultCodes.TooLarge)], FaultsOf(With(KeyValuePair.Create("h", new string('v', 4_097)))));
        Assert.Equal(FaultCodes.TooLarge, Assert.Single(FaultsOf(With(KeyValuePair.Create(new string('h', 257), "v")))).Code);
    }

    [Fact]
    public void Webhooks_are_bounded_in_number()
    {
        Assert.Empty(FaultsOfAll([.. Enumerable.Repeat(With(), 32)]));

        Assert.Equal([("/webhooks", FaultCodes.TooLarge)], FaultsOfAll([.. Enumerable.Repeat(With(), 33)]));
    }

    [Fact]
    public void All_of_them_are_told_at_once()
    {
        var faults = FaultsOf(With(KeyValuePair.Create("Host", "a"), KeyValuePair.Create("A", "\n")) with { CallbackUrl = new("http://a:b@10.0.0.1:22/#c") });

        Assert.Equal(
            [
                ("/webhooks/0/callbackHeader/A", FaultCodes.Malformed), ("/webhooks/0/callbackHeader/Host", FaultCodes.NotAllowed),
                ("/webhooks/0/callbackUrl", FaultCodes.Malformed), ("/webhooks/0/callbackUrl", FaultCodes.Malformed),
                ("/webhooks/0/callbackUrl", FaultCodes.NotAllowed),
            ],
            faults.Order());
    }

    private static WebhookSpec With(params KeyValuePair<string, string>[] headers) =>
        new() { StatusTypes = ["finish"], CallbackUrl = new("https://example.org/"), CallbackHeader = headers.ToImmutableDictionary() };

    private static IEnumerable<(string Pointer, string Code)> FaultsOf(WebhookSpec webhook, OutboundRules? rules = null) => FaultsOfAll([webhook], rules);

    private static IEnumerable<(string Pointer, string Code)> FaultsOfAll(ImmutableArray<WebhookSpec> webhooks, OutboundRules? rules = null) =>
        SessionValidator.Validate(new() { Channels = [], Nodes = [], Webhooks = webhooks }, new Dictionary<string, EngineDefinition>(), new(), rules).Listed
            .Where(fault => fault.Pointer.StartsWith("/webhooks", StringComparison.Ordinal))
            .Select(fault => (fault.Pointer, fault.Code));
}
