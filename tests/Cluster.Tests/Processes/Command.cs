using System.Diagnostics;

namespace BlueEdge.Cluster.Tests.Processes;

/// <summary>A program that is run to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
            return (process.ExitCode, await output + await errors);
        }
        catch (TimeoutException late)
        {
            var hanging = await ListProcessesAsync();
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{program} {string.Join(' ', start.ArgumentList)} did not end within {Patience.TotalMinutes} minutes. It wrote:\n{await output}{await errors}\nThere ran:\n{hanging}", late);
        }
    }

    private static async Task<string> ListProcessesAsync()
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-eo", "pid,ppid,stat,etimes,args", "--forest"]) { UseShellExecute = false, RedirectStandardOutput = true })!; // It is everywhere.
        return await list.StandardOutput.ReadToEndAsync();
    }
}
