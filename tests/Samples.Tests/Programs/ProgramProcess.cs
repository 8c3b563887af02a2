using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace BlueEdge.Samples.Tests.Programs;

/// <summary>A program of this repository as a process of its own, with the data of one test, and the address that it says it serves.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly string _before;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _lines = [];

    private ProgramProcess(Process process, string before) => (_process, _before) = (process, before);

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>What it serves.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    private string Said => string.Join('\n', _lines);

    /// <summary><c>demo --live</c>; the address is that of its page.</summary>
    public static Task<ProgramProcess> StartLiveDemoAsync(string data, CancellationToken cancellationToken) =>
        StartAsync("Demo/release/BlueEdge.Samples.Demo.dll", ["--root", Root, "--live"], data, [], "Open ", cancellationToken);

    /// <summary>The embedded mode with all sample engines.</summary>
    public static Task<ProgramProcess> StartSiloAsync(string data, CancellationToken cancellationToken, params (string Name, string Value)[] settings) =>
        StartAsync(
            "Silo/release/BlueEdge.Silo.dll",
            [],
            data,
            new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" },
            "takes sessions at ",
            cancellationToken);

    /// <summary>Ends it as Ctrl-C would.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return _process.ExitCode;
    }

    /// <summary>Ends it as a loss of power would; what it started is left alone.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<ProgramProcess> StartAsync(
        string program, string[] arguments, string data, Dictionary<string, string> environment, string before, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Root, "artifacts", "bin", program), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["BlueEdge__DataPath"] = data },
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var started = new ProgramProcess(process, before);
        process.OutputDataReceived += (_, line) => started.Read(line.Data);
        process.ErrorDataReceived += (_, line) => started.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            started.Address = await started._address.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
            return started;
        }
        catch (Exception error)
        {
            await started.DisposeAsync();
            throw new InvalidOperationException($"{program} did not say '{before}…'; it said:\n{started.Said}", error);
        }
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BlueEdge.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} has BlueEdge.sln.");
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            // One of the two has ended, and with it the process, before it said so or after.
            _address.TrySetException(new InvalidOperationException("It ended."));
            return;
        }

        _lines.Enqueue(line);
        if (line.IndexOf(_before, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(new(line[(at + _before.Length)..].Trim().Split(' ', ',', ';')[0].TrimEnd('.')));
        }
    }
}
