using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace BlueEdge.Samples.Tools;

/// <summary>
/// Starts tools so that each keeps to its limits and ends with this process, however that ends. The kernel kills a child
/// when the <em>thread</em> that started it ends, and threads of the pool come and go: one thread, which never ends, starts all.
/// </summary>
internal static class ToolLauncher
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Wanted = [];

    static ToolLauncher() => new Thread(Work) { IsBackground = true, Name = "tool launcher" }.Start();

    /// <exception cref="ToolException">The program is not there; the message names its package.</exception>
    public static async Task<Process> StartAsync(ToolCommand command)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Wanted.Add((Describe(command), started));
        try
        {
            return await started.Task;
        }
        catch (Win32Exception exception)
        {
            throw new ToolException(
                $"The program {command.Program} cannot be started on this machine ({exception.Message}). "
                + $"Install it with: apt-get install {command.Package} util-linux",
                exception);
        }
    }

    private static ProcessStartInfo Describe(ToolCommand command)
    {
        var program = ToolPath.Find(command.Program, command.Package);
        var info = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("prlimit", [.. Limits(command.Limits), "setpriv", "--pdeathsig", "KILL", "--", program, .. command.Arguments])
            : new ProcessStartInfo(program, command.Arguments);
        info.UseShellExecute = false;
        info.RedirectStandardInput = info.RedirectStandardOutput = info.RedirectStandardError = true;
        foreach (var (name, value) in command.Environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }

    // Each of prlimit and setpriv becomes the next, so that there is one process in the end. The processor's time is only
    // for the case that this process is gone or stuck: the clock is watched here.
    private static IEnumerable<string> Limits(ToolLimits limits) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"--as={limits.Megabytes * 1024L * 1024L}"),
        string.Create(CultureInfo.InvariantCulture, $"--fsize={ToolLimits.FileMegabytes * 1024L * 1024L}"),
        string.Create(CultureInfo.InvariantCulture, $"--cpu={limits.Seconds + 5}"),
        "--core=0",
        "--",
    ];

    private static void Work()
    {
        foreach (var (info, started) in Wanted.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info) ?? throw new Win32Exception($"{info.FileName} did not start."));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        }
    }
}
