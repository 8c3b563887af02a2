using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

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
        var (code, output, error) = await RunAsync(JsonSerializer.Serialize(cases), "node", "standard.mjs");
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

            var (code, _, error) = await RunAsync("", "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
            Assert.SkipUnless(code == 0, $"npm cannot install the package standardwebhooks, so nothing is compared with it: {error}");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string input, string program, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new(program, arguments) { WorkingDirectory = Folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {program}, so nothing is compared with the package standardwebhooks; install nodejs and npm.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }
}
