using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Webhooks.Tests.Receivers;

/// <summary>What docs/webhooks.md gives to receivers works as it stands there.</summary>
public sealed class PageTests : IDisposable
{
    private const string Body = """{"type":"sessionStatusChanged","data":{"status":"finished","name":"Zoë 🎬"}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("blueedge-receivers-").FullName;

    [Fact]
    public Task The_Node_receiver_takes_what_is_signed_and_nothing_else() => ChecksAsync("js", "receiver.mjs", "node", """

        let input = "";
        for await (const chunk of process.stdin) input += chunk;
        console.log(JSON.stringify(JSON.parse(input).map(({ secrets, headers, body }) => verify(secrets, headers, Buffer.from(body)))));
        """);

    [Fact]
    public Task The_Python_receiver_takes_what_is_signed_and_nothing_else() => ChecksAsync("python", "receiver.py", "python3", """

        import json, sys
        print(json.dumps([verify(case["secrets"], case["headers"], case["body"].encode()) for case in json.load(sys.stdin)]))
        """);

    [Fact]
    public async Task The_NET_receiver_is_that_of_the_sample() =>
        Assert.Contains(await SnippetAsync("csharp"), await File.ReadAllTextAsync(Path.Combine(Root(), "samples", "Receiver", "Program.cs"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task ChecksAsync(string language, string file, string program, string driver)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, file), await SnippetAsync(language) + driver, TestContext.Current.CancellationToken);
        var (secret, other) = (NewText(), NewText());
        var now = TimeProvider.System.GetUtcNow();
        var body = Encoding.UTF8.GetBytes(Body);
        var headers = new WebhookSigner(WebhookSecret.Parse(secret)).Sign("msg", now, body);
        object[] cases =
        [
            new { secrets = new[] { secret }, headers, body = Body },
            new { secrets = new[] { other, secret }, headers, body = Body },
            new { secrets = new[] { secret }, headers = new WebhookSigner(WebhookSecret.Parse(other), WebhookSecret.Parse(secret)).Sign("msg", now, body), body = Body },
            new { secrets = new[] { other }, headers, body = Body },
            new { secrets = new[] { secret }, headers, body = $"{Body} " },
            new { secrets = new[] { secret }, headers = headers.SetItem(WebhookHeaders.Id, "another"), body = Body },
            new { secrets = new[] { secret }, headers = headers.Remove(WebhookHeaders.Signature), body = Body },
            new { secrets = new[] { secret }, headers = headers.SetItem(WebhookHeaders.Timestamp, "yesterday"), body = Body },
            new { secrets = new[] { secret }, headers = new WebhookSigner(WebhookSecret.Parse(secret)).Sign("msg", now.AddMinutes(-6), body), body = Body },
        ];

        var (code, output, error) = await Programs.RunAsync(_folder, JsonSerializer.Serialize(cases), program, file);

        Assert.True(code == 0, error);
        Assert.Equal([true, true, true, false, false, false, false, false, false], JsonSerializer.Deserialize<bool[]>(output) ?? []);
    }

    private static async Task<string> SnippetAsync(string language)
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "webhooks.md"), TestContext.Current.CancellationToken);
        var begin = page.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static string NewText() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "BlueEdge.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("BlueEdge.sln is above no folder of this test.");
        }

        return folder.FullName;
    }
}
