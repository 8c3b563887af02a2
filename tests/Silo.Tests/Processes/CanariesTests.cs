namespace BlueEdge.Silo.Tests.Processes;

public sealed class CanariesTests
{
    [Fact]
    public async Task A_process_that_writes_a_secret_to_its_log_fails_its_test_also_after_it_was_started_again()
    {
        // The name of a setting that nothing reads is warned of.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["BlueEdge__Canary"] = "1" };
        var silo = await SiloProcess.StartAsync(settings: settings);
        settings.Clear();
        await silo.KillAsync();
        await silo.RestartAsync();

        var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await silo.DisposeAsync());

        Assert.Contains("A log shows a secret", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"key: {Canaries.Secret}", true)]
    [InlineData($"Authorization: {Canaries.Header}", true)]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZI", true)]
    [InlineData($"Bearer {Canaries.Key}", true)]
    [InlineData("be_X7Qn2LwEJvYkZtRb5uHsGdPcMa1oN4iF8yKwX7Qn2Lw", true)]
    [InlineData("is no key, which is be_ and 43 letters, digits, - and _", false)]
    [InlineData("'whsec_' and 24 to 64 random bytes in base64", false)]
    [InlineData("whsec_***", false)]
    public void Secrets_are_known_by_their_looks(string line, bool isOne)
    {
        var failure = Record.Exception(() => Canaries.RequireNone([line], "a test's"));

        Assert.Equal(isOne, failure is not null);
    }
}
