using BlueEdge.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BlueEdge.Silo.Tests.Settings;

/// <summary>Certificates that make no sense end the start in a line that names their setting.</summary>
public sealed class TlsSettingTests : IDisposable
{
    private const string Section = "BlueEdge:Cluster:Tls";
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void Certificates_that_belong_together_are_taken()
    {
        var (certificate, key, _) = _authority.Issue("silo");

        EverySetting.Check((Setting("Authority"), _authority.Authority), (Setting("Certificate"), certificate), (Setting("Key"), key));
        EverySetting.Check((Setting("Authority"), _authority.Authority), (Setting("Certificate"), _authority.Write("both.pem", File.ReadAllText(certificate) + File.ReadAllText(key))));
    }

    [Fact]
    public void A_client_needs_no_certificate_and_none_for_servers()
    {
        var (certificate, key, _) = _authority.Issue("client", forServers: false);

        CheckClient((Setting("Authority"), _authority.Authority));
        CheckClient((Setting("Authority"), _authority.Authority), (Setting("Certificate"), certificate), (Setting("Key"), key));
    }

    [Theory]
    [InlineData("Authority")]
    [InlineData("Certificate")]
    [InlineData("Key")]
    public void A_file_that_is_not_there_is_named(string name)
    {
        var (certificate, key, _) = _authority.Issue("silo");
        Dictionary<string, string> files = new() { ["Authority"] = _authority.Authority, ["Certificate"] = certificate, ["Key"] = key };
        files[name] = "/nowhere/tls.pem";

        var line = FaultOf([.. files.Select(file => (Setting(file.Key), file.Value))]);

        Assert.StartsWith($"The settings make no sense: {Setting(name)} is '/nowhere/tls.pem'", line);
        Assert.Contains("set it to a file in PEM", line);
    }

    [Theory]
    [InlineData("Authority")]
    [InlineData("Certificate")]
    [InlineData("Key")]
    public void So_is_a_file_without_what_it_should_have(string name)
    {
        var (certificate, key, _) = _authority.Issue("silo");
        Dictionary<string, string> files = new() { ["Authority"] = _authority.Authority, ["Certificate"] = certificate, ["Key"] = key };
        files[name] = _authority.Write("none.pem", "-----BEGIN NOTHING-----");

        Assert.Contains($"The file of {Setting(name)} has no", FaultOf([.. files.Select(file => (Setting(file.Key), file.Value))]));
    }

    [Fact]
    public void So_is_the_key_of_another_certificate()
    {
        var (certificate, _, _) = _authority.Issue("silo");
        var (_, key, _) = _authority.Issue("other");

        var line = FaultOf((Setting("Authority"), _authority.Authority), (Setting("Certificate"), certificate), (Setting("Key"), key));

        Assert.Contains($"The file of {Setting("Key")} has no private key of the certificate", line);
    }

    [Fact]
    public void So_is_a_certificate_of_another_authority()
    {
        using TestAuthority other = new();
        var (certificate, key, _) = other.Issue("silo");

        RequireRefused(certificate, key);
    }

    [Fact]
    public void So_is_a_certificate_that_is_over()
    {
        var (certificate, key, _) = _authority.Issue("silo", validDays: 1);

        RequireRefused(certificate, key);
    }

    [Fact]
    public void So_is_a_silos_certificate_that_is_for_clients_alone()
    {
        var (certificate, key, _) = _authority.Issue("silo", forServers: false);

        RequireRefused(certificate, key);
    }

    [Fact]
    public void A_setting_without_the_one_that_it_needs_names_that_one()
    {
        var (certificate, key, _) = _authority.Issue("silo");

        Assert.Contains($"{Setting("Authority")} is missing", FaultOf((Setting("Certificate"), certificate), (Setting("Key"), key)));
        Assert.Contains($"{Setting("Certificate")} is missing", FaultOf((Setting("Authority"), _authority.Authority), (Setting("Key"), key)));
        Assert.Contains($"{Setting("Certificate")} is missing", FaultOf((Setting("Authority"), _authority.Authority)));
    }

    private void RequireRefused(string certificate, string key)
    {
        var line = FaultOf((Setting("Authority"), _authority.Authority), (Setting("Certificate"), certificate), (Setting("Key"), key));

        Assert.StartsWith($"The settings make no sense: The certificate of {Setting("Certificate")} would be refused", line);
        Assert.Contains(Setting("Authority"), line);
    }

    private static void CheckClient(params (string Path, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)));
        builder.AddBlueEdgeClient();
        using var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static string Setting(string name) => $"{Section}:{name}";

    private static string FaultOf(params (string Path, string Value)[] settings)
    {
        var line = StartFault.Describe(Assert.ThrowsAny<Exception>(() => EverySetting.Check(settings)));
        Assert.DoesNotContain('\n', line);
        return line;
    }
}
