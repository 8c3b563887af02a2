using System.Text.Json;
using BlueEdge.Webhooks.Tests.Receivers;

namespace BlueEdge.Webhooks.Tests.Signing;

/// <summary>The specification's own library for JavaScript, in the version that the lock file names; skips the test where it cannot be had.</summary>
internal static class StandardLibrary
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Signing", "Independent");
    private static readonly SemaphoreSlim Installing = new(1);

    /// <summary>Has it sign where there are no headers, and verify where there are; the answer is a signature, <c>valid</c>, or what is wrong.</summary>
    public static async Task<string[]> AskAsync(params object[] cases)
    {
        await InstallAsync();
        var (code, output, error) = await Programs.RunAsync(Folder, JsonSerializer.Serialize(cases), "node", "standard.mjs");
        Assert.True(code == 0, error);
        return JsonSerializer.Deserialize<string[]>(output)!; // It answers with an array.
    }

    private static async Task InstallAsync()
    {
        await Installing.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (Directory.Exists(Path.Combine(Folder, "node_modules", "standardwebhooks")))
            {
                return;
            }

            var (code, _, error) = await Programs.RunAsync(Folder, "", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            Assert.SkipUnless(code == 0, $"npm cannot install the package standardwebhooks, so nothing is compared with it: {error}");
        }
        finally
        {
            Installing.Release();
        }
    }
}
