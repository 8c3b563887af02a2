using System.Text.RegularExpressions;
using BlueEdge.Gateway.Tests.Hosting;

namespace BlueEdge.Gateway.Tests.OpenApi;

/// <summary>What docs/api.md tells people to type.</summary>
public sealed partial class GuideTests(SiloHost host)
{
    [Fact]
    public async Task The_bodies_in_the_guide_are_taken()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "api.md"), TestContext.Current.CancellationToken);
        var commands = Posts().Matches(guide);

        Assert.Equal(3, commands.Count);
        foreach (Match command in commands)
        {
            var sent = await host.Http.SubmitAsync(command.Groups["route"].Value, command.Groups["body"].Value);
            Assert.Equal("finished", (await host.Http.ReadAsync($"process-workflow/{sent.SessionId}?waitTimeSecond=20")).Status);
        }
    }

    [Fact]
    public async Task The_guide_explains_every_code()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "api.md"), TestContext.Current.CancellationToken);

        Assert.All(
            typeof(BlueEdge.Validation.FaultCodes).GetFields().Select(field => (string?)field.GetRawConstantValue()),
            code => Assert.Contains($"`{code}`", guide, StringComparison.Ordinal));
    }

    [GeneratedRegex("/api/v1/(?<route>process-[a-z-]+) [^']*'content-type: application/json'.*?-d '(?<body>[^']*)'", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Posts();

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BlueEdge.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not run from the repository.");
        }

        return folder;
    }
}
