using System.Net;
using BlueEdge.Outbound;
using CsCheck;

namespace BlueEdge.Webhooks.Tests.Outbound;

public sealed class OutboundRulesTests
{
    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("https://example.org:8443/a?b=c")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700::1111]:444/")]
    [InlineData("https://bücher.example/")]
    public void A_public_address_by_https_may_be_called(string url) => Assert.Empty(Default(url));

    [Theory]
    [InlineData("ftp://example.org/", nameof(OutboundReason.Scheme))]
    [InlineData("file:///etc/passwd", nameof(OutboundReason.Scheme))]
    [InlineData("gopher://example.org/", nameof(OutboundReason.Scheme))]
    [InlineData("/hook", nameof(OutboundReason.Scheme))]
    [InlineData("//example.org/hook", nameof(OutboundReason.Scheme))]
    [InlineData("https://\u200d/", nameof(OutboundReason.Host))]
    [InlineData("https://user@example.org/", nameof(OutboundReason.UserInfo))]
    [InlineData("https://:secret@example.org/", nameof(OutboundReason.UserInfo))]
    [InlineData("https://example.org/#there", nameof(OutboundReason.Fragment))]
    [InlineData("https://example.org:22/", nameof(OutboundReason.Port))]
    [InlineData("https://example.org:25/", nameof(OutboundReason.Port))]
    [InlineData("https://example.org:6379/", nameof(OutboundReason.Port))]
    [InlineData("https://example.org:9092/", nameof(OutboundReason.Port))]
    [InlineData("https://example.org:0/", nameof(OutboundReason.Port))]
    [InlineData("http://example.org/", nameof(OutboundReason.PlainHttp))]
    [InlineData("https://10.0.0.1/", nameof(OutboundReason.Address))]
    [InlineData("https://169.254.169.254/latest/meta-data", nameof(OutboundReason.Address))]
    [InlineData("https://0xA9.254.43518/", nameof(OutboundReason.Address))]
    [InlineData("https://0251.0376.0251.0376/", nameof(OutboundReason.Address))]
    [InlineData("https://2852039166/", nameof(OutboundReason.Address))]
    [InlineData("https://[fd00:ec2::254]/", nameof(OutboundReason.Address))]
    [InlineData("https://[2606:4700::1111%25eth0]/", nameof(OutboundReason.Address))]
    [InlineData("https://localhost./", nameof(OutboundReason.Address))]
    public void Each_that_may_not_has_its_reason(string url, string reason) => Assert.Equal(reason, Assert.Single(Default(url)).Reason.ToString());

    [Fact]
    public void All_that_is_wrong_is_told() => Assert.Equal(
        [OutboundReason.Length, OutboundReason.UserInfo, OutboundReason.Fragment, OutboundReason.Port, OutboundReason.Address],
        Default($"http://a:b@10.0.0.1:6379/{new string('x', 9_000)}#c").Select(refusal => refusal.Reason));

    [Theory]
    [InlineData("http://127.0.0.1/", "127.0.0.0/8", true)]
    [InlineData("http://127.1/", "127.0.0.1", true)]
    [InlineData("http://[::1]/", "::1", true)]
    [InlineData("http://localhost/", "::1", true)]
    [InlineData("http://localhost/", "localhost", true)]
    [InlineData("http://HOOKS.internal./", "hooks.INTERNAL", true)]
    [InlineData("http://a.b.edge.local/", "*.edge.local", true)]
    [InlineData("http://xn--bcher-kva.example/", "bücher.example", true)]
    [InlineData("http://maybe.example/", "10.0.0.0/8", true)] // Its address will tell.
    [InlineData("http://edge.local/", "*.edge.local", false)]
    [InlineData("http://evil-edge.local/", "*.edge.local; *.local.edge", false)]
    [InlineData("http://hooks.internal.evil.example/", "hooks.internal", false)]
    [InlineData("http://10.0.0.1/", "10.0.0.2; 10.0.1.0/24", false)]
    [InlineData("http://[::ffff:10.0.0.1]/", "10.0.0.0/8", false)]
    [InlineData("http://[::ffff:10.0.0.1]/", "10.0.0.0/8; ::ffff:0:0/96", true)]
    public void What_the_operator_lists_may_be_called_and_by_plain_http_too(string url, string allow, bool isAllowed) =>
        Assert.Equal(isAllowed, !new OutboundRules(new() { Allow = allow }).RefusalsOf(new(url)).Any());

    [Fact]
    public void Ports_can_be_denied_and_allowed()
    {
        OutboundRules rules = new(new() { DeniedPorts = "8443; 9999", AllowedPorts = "22;9999" });

        Assert.Equal(OutboundReason.Port, Assert.Single(rules.RefusalsOf(new("https://example.org:8443/"))).Reason);
        Assert.Empty(rules.RefusalsOf(new("https://example.org:22/")));
        Assert.Empty(rules.RefusalsOf(new("https://example.org:9999/")));
        Assert.NotEmpty(rules.RefusalsOf(new("https://example.org:25/")));
    }

    [Fact]
    public void A_host_that_is_listed_has_its_ports_denied_all_the_same() =>
        Assert.NotEmpty(new OutboundRules(new() { Allow = "cache.internal" }).RefusalsOf(new("http://cache.internal:6379/")));

    [Fact]
    public void Plain_http_can_be_allowed_for_all_and_opens_no_range()
    {
        OutboundRules rules = new(new() { AllowHttp = true });

        Assert.Empty(rules.RefusalsOf(new("http://example.org/")));
        Assert.NotNull(rules.RefusalOf("example.org", IPAddress.Parse("10.0.0.1"), isHttps: false));
    }

    [Fact]
    public void No_address_that_can_be_parsed_is_too_much_for_them() =>
        Gen.Select(OneOf("http://", "https://", "http:\\\\", "", "HTTPS:"), Host, OneOf("", "/", ":1", "#", "@a", "%25", "]", "[::1]")).Sample((scheme, host, rest) =>
        {
            if (Uri.TryCreate(scheme + host + rest, UriKind.RelativeOrAbsolute, out var url))
            {
                _ = OutboundRules.Default.RefusalsOf(url).ToList();
            }
        }, iter: 50_000);

    [Fact]
    public void Nor_is_any_list_of_what_is_allowed() => Host.Sample(host => { _ = new AllowList(host); }, iter: 50_000);

    /// <summary>Hosts of pieces that are known for trouble: punycode, joiners, other full stops and digits, long labels.</summary>
    private static Gen<string> Host { get; } = Gen.OneOf(
        Gen.String,
        OneOf("xn--", "ß", "ü", "\u200d", "。", "-", ".", "_", "*.", "１", "0x", "a", "\u0378", "\u202e", "%2e", "1", new('a', 64), "b.example", "::1", "/8", "[", "]").Array[0, 6].Select(string.Concat));

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static IEnumerable<OutboundRefusal> Default(string url) => OutboundRules.Default.RefusalsOf(new(url, UriKind.RelativeOrAbsolute));
}
