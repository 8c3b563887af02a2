using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace BlueEdge.StoreKills;

/// <summary>The child, as the process that kills it has it.</summary>
internal sealed partial class Victim : IDisposable
{
    public const int Term = 15;
    public const int Kill = 9;
    private const int Stop = 19;
    private const int Continue = 18;

    private readonly Process _process;

    private Victim(Process process) => _process = process;

    public static Victim Start(string path, ulong seed) => new(Process.Start(new ProcessStartInfo(
        "dotnet",
        [typeof(Victim).Assembly.Location, "child", path, seed.ToString(CultureInfo.InvariantCulture)])
    {
        // Most rounds are short: what starts fast is worth more than what runs fast.
        Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0" },
    })!); // No shell, so there is one.

    public bool HasEnded => _process.HasExited;

    /// <summary>Freezes it where it is: what files hold then is what a kill would leave.</summary>
    public void Freeze()
    {
        Signal(Stop);
        while (!Directory.EnumerateDirectories($"/proc/{_process.Id}/task").All(IsStopped))
        {
        }
    }

    public void Thaw() => Signal(Continue);

    public async Task EndAsync(int signal)
    {
        Signal(signal);
        await _process.WaitForExitAsync();
        if (signal == Term && _process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The child ended with {_process.ExitCode} after SIGTERM.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool IsStopped(string task)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(task, "stat"));
            return text[text.LastIndexOf(')') + 2] == 'T';
        }
        catch (IOException)
        {
            return true;
        }
    }

    private void Signal(int signal)
    {
        if (Send(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent to the child.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Send(int process, int signal);
}
