using System.Collections;
using BlueEdge.Blobs;
using BlueEdge.Embedded.Modes;
using BlueEdge.Grains.Sessions;
using BlueEdge.Hosting;
using BlueEdge.Settings;
using BlueEdge.Validation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BlueEdge.Silo.Tests.Settings;

public sealed class SettingTests
{
    [Theory, MemberData(nameof(EverySetting.Wrong), MemberType = typeof(EverySetting))]
    public void A_value_that_makes_no_sense_is_told_with_its_setting(string path, string value)
    {
        var error = Assert.ThrowsAny<Exception>(() => EverySetting.Check((path, value)));

        var line = StartFault.Describe(error);
        Assert.Contains(path, line);
        Assert.DoesNotContain('\n', line);
        Assert.StartsWith("The settings make no sense", line);
    }

    [Fact]
    public void The_defaults_make_sense() => EverySetting.Check();

    [Theory]
    [InlineData("BlueEdge:Gateway:AllowedHosts", "http://edge.example.com")]
    [InlineData("BlueEdge:Gateway:AllowedHosts", "edge.example.com:5080")]
    [InlineData("BlueEdge:Gateway:AllowedOrigins", "edge.example.com")]
    [InlineData("BlueEdge:Gateway:AllowedOrigins", "https://edge.example.com/path")]
    [InlineData("BlueEdge:Cluster:AdvertisedAddress", "nowhere")]
    [InlineData("BlueEdge:Scaling:Address", "nowhere")]
    [InlineData("BlueEdge:Blobs:S3:Endpoint", "minio")]
    [InlineData("BlueEdge:Auth:Mode", "Password")]
    [InlineData("BlueEdge:Quotas:Tenants:blue:OpenSessions", "few")]
    [InlineData("BlueEdge:Quotas:Tenants:blue:OpenSesions", "1")]
    [InlineData("BlueEdge:Auth:BootstrapKey", "no-sense")]
    [InlineData("BlueEdge:Auth:Oidc:Issuer", "https://id.example.com")]
    public void So_is_one_that_only_its_own_rule_refuses(string path, string value)
    {
        var error = Assert.ThrowsAny<Exception>(() => EverySetting.Check((path, value)));

        Assert.Contains(path, StartFault.Describe(error));
    }

    [Theory]
    [InlineData("BlueEdge:Mode", "Sideways")]
    [InlineData("BlueEdge:Mode", "7")]
    [InlineData("BlueEdge:DataPath", "")]
    public void So_is_one_that_is_read_before_all_others(string path, string value)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Configure((path, value)).ReadSettings<ModeOptions>(ModeOptions.Section));

        Assert.Contains(path, StartFault.Describe(error));
    }

    [Theory]
    [InlineData("BlueEdge:Sessions:Retenton", "BlueEdge:Sessions:Retention")]
    [InlineData("BlueEdge:Session:Retention", "BlueEdge:Sessions")]
    [InlineData("BlueEdge:DataPth", "BlueEdge:DataPath")]
    [InlineData("BlueEdge:Limits:BodyBytes:Most", "BlueEdge:Limits:BodyBytes")]
    public void A_setting_that_nothing_reads_is_found_with_the_one_that_is_meant(string path, string meant)
    {
        UnknownSettings unknown = new([new("BlueEdge:Sessions", typeof(SessionOptions)), new("BlueEdge:Limits", typeof(SessionLimits))]);

        var found = Assert.Single(unknown.In(Configure((path, "x"))));

        Assert.StartsWith(path[..12], found.Path);
        Assert.Equal(meant, found.Nearest);
    }

    [Theory]
    [InlineData("BlueEdge:Sessions:retention")]
    [InlineData("BlueEdge:Kafka:BootstrapServers")] // Of another process.
    [InlineData("BlueEdge:Redis")]
    [InlineData("BlueEdge:Blobs:S3:Bucket")]
    [InlineData("Other:Thing")]
    public void A_setting_that_something_reads_is_not(string path)
    {
        UnknownSettings unknown = new(
            [new("BlueEdge:Sessions", typeof(SessionOptions)), new("BlueEdge:Blobs", typeof(BlobStoreOptions)), new("BlueEdge:Blobs:S3", typeof(S3BlobStoreOptions))]);

        Assert.Empty(unknown.In(Configure((path, "x"))));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("ftp://127.0.0.1:5080")]
    [InlineData("http://127.0.0.1:8O")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://no-such-machine.invalid:5080")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("http://:5080")]
    [InlineData("127.0.0.1:5080")]
    public void An_address_that_would_listen_elsewhere_or_nowhere_is_named(string address)
    {
        var fault = ListenAddress.Parse("ASPNETCORE_URLS", address).Fault;

        Assert.NotNull(fault);
        Assert.Contains($"ASPNETCORE_URLS is '{address}'", fault);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true, false)]
    [InlineData("http://localhost:5080", true, false)]
    [InlineData("https://[::1]:5080", true, false)]
    [InlineData("http://unix:/tmp/socket", true, false)]
    [InlineData("http://0.0.0.0:5080", false, true)]
    [InlineData("http://[::]:5080", false, true)]
    [InlineData("http://*:5080", false, true)]
    [InlineData("http://+:80", false, true)]
    [InlineData("http://192.0.2.1:80", false, false)]
    public void It_is_told_who_reaches_an_address(string text, bool isLoopback, bool isEverywhere)
    {
        var address = ListenAddress.Parse("urls", text);

        Assert.Equal((null, isLoopback, isEverywhere), (address.Fault, address.IsLoopback, address.IsEverywhere));
    }

    [Fact]
    public void Two_spellings_of_one_setting_that_differ_are_refused()
    {
        var error = Assert.Throws<BlueEdgeException>(() => Spellings.Check(new Hashtable { ["BlueEdge__Mode"] = "Cluster", ["BLUEEDGE__MODE"] = "Embedded" }));

        Assert.Contains("BLUEEDGE__MODE and BlueEdge__Mode", error.Message);
        Spellings.Check(new Hashtable { ["BlueEdge__Mode"] = "Cluster", ["BlueEdge:Mode"] = "Cluster", ["a"] = "1", ["A"] = "2" });
    }

    private static IConfiguration Configure(params (string Path, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value))).Build();
}
