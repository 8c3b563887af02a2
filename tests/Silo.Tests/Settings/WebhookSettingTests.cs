using BlueEdge.Hosting;
using BlueEdge.Silo.Tests.Processes;

namespace BlueEdge.Silo.Tests.Settings;

/// <summary>Settings of webhooks that make no sense end the start in a line that names them, and shows no secret.</summary>
public sealed class WebhookSettingTests
{
    private const string Section = "BlueEdge:Webhooks";
    private const string Good = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqr";

    /// <summary>23 bytes.</summary>
    private const string Short = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=";

    private static readonly string Long = $"whsec_{Convert.ToBase64String(new byte[65])}";

    public static TheoryData<string> WrongSecrets { get; } =
        [Short, Long, Short["whsec_".Length..], "correct horse battery staple", "whsec_", Good[..^1], $"{Good};{Short}", $"{Short};{Good}", $"{Good},{Good}", $"{Good} {Good}", ";", " ", "; ;"];

    [Theory, MemberData(nameof(WrongSecrets))]
    public void A_secret_that_is_none_is_named_and_not_shown(string secret)
    {
        foreach (var path in (string[])[$"{Section}:Secret", $"{Section}:Secrets:crm"])
        {
            var line = FaultOf(path, secret);

            Assert.StartsWith($"The settings make no sense: {path}", line);
            Assert.All(
                secret.Split((char[])[';', ',', ' '], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Replace("whsec_", "", StringComparison.Ordinal)).Where(part => part.Length > 4),
                part => Assert.DoesNotContain(part[..5], line));
        }
    }

    [Fact]
    public void A_named_secret_that_is_empty_is_named() => Assert.StartsWith($"The settings make no sense: {Section}:Secrets:crm", FaultOf($"{Section}:Secrets:crm", ""));

    [Theory]
    [InlineData("")]
    [InlineData(Good)]
    [InlineData(" " + Good + " ; " + Good + ";")]
    public void Secrets_that_are_some_are_taken(string secret) => EverySetting.Check(($"{Section}:Secret", secret));

    [Theory]
    [InlineData("soon", "soon")]
    [InlineData("5", "5")]
    [InlineData("00:00:05;30", "30")]
    [InlineData("00:00:05;00:00:00", "00:00:00")]
    [InlineData("00:00:00.09", "00:00:00.09")]
    [InlineData("-00:00:05", "-00:00:05")]
    [InlineData("7.00:00:01", "7.00:00:01")]
    [InlineData("00:00:05,00:05:00", "00:00:05,00:05:00")]
    [InlineData("00:00:61", "00:00:61")]
    public void A_pause_that_is_none_is_shown(string retries, string part)
    {
        var line = FaultOf($"{Section}:Retries", retries);

        Assert.StartsWith($"The settings make no sense: {Section}:Retries: '{part}'", line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00:00:00.1;7.00:00:00")]
    [InlineData(" 00:00:05 ; 1.00:00:00 ;")]
    public void Pauses_that_are_some_are_taken(string retries) => EverySetting.Check(($"{Section}:Retries", retries));

    [Theory]
    [InlineData("Jitter", "0.6")]
    [InlineData("Jitter", "-0.1")]
    [InlineData("CallsPerAddress", "0")]
    [InlineData("CallsPerAddress", "1001")]
    [InlineData("PublicUrl", "blueedge.example.org")]
    [InlineData("PublicUrl", "/api")]
    [InlineData("PublicUrl", "ftp://blueedge.example.org")]
    [InlineData("PublicUrl", "https://blueedge.example.org/?a=b")]
    [InlineData("PublicUrl", "https://blueedge.example.org/#a")]
    [InlineData("PublicUrl", "https://user:password@blueedge.example.org")]
    public void Any_other_value_that_makes_no_sense_is_named(string name, string value) =>
        Assert.StartsWith($"The settings make no sense: {Section}:{name}", FaultOf($"{Section}:{name}", value));

    [Theory]
    [InlineData("https://blueedge.example.org")]
    [InlineData("http://10.1.2.3:5080/under/a/path/")]
    public void An_address_of_the_API_is_taken(string address) => EverySetting.Check(($"{Section}:PublicUrl", address));

    [Fact]
    public async Task A_process_ends_with_that_line_and_nothing_shows_the_secret()
    {
        await using var silo = SiloProcess.Launch(settings: new Dictionary<string, string> { ["BlueEdge__Webhooks__Secret"] = $"{Good};{Short}", ["BlueEdge__Webhooks__Secrets__crm"] = Short });

        Assert.Equal(1, await silo.WaitForExitAsync());
        Assert.Contains("BlueEdge:Webhooks:Secret:", silo.Output, StringComparison.Ordinal);
        Assert.Contains("BlueEdge:Webhooks:Secrets:crm", silo.Output, StringComparison.Ordinal);
        Assert.All([Good, Short], secret => Assert.DoesNotContain(secret["whsec_".Length..][..8], silo.Output, StringComparison.Ordinal));
    }

    private static string FaultOf(string path, string value)
    {
        var line = StartFault.Describe(Assert.ThrowsAny<Exception>(() => EverySetting.Check((path, value))));
        Assert.DoesNotContain('\n', line);
        return line;
    }
}
