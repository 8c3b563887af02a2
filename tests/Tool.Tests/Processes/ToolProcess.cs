using System.Diagnostics;
using System.Globalization;

namespace BlueEdge.Tool.Tests.Processes;

/// <summary>The built tool as a process of its own.</summary>
public sealed class ToolProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly List<string> _error = [];
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private readonly TaskCompletionSource _errorEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ToolProcess(ProcessStartInfo start, string? input)
    {
        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
        _out = _process.StandardOutput.ReadToEndAsync();
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    /// <summary>The tool's program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "blueedge.dll");

    public static ToolProcess Start(string[] arguments, string? folder = null, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        // Tests that run in the background have Ctrl-C ignored, and so would their children.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment.Remove("BLUEEDGE_SERVER");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new(start, input);
    }

    public static async Task<ToolResult> RunAsync(string[] arguments, string? folder = null, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var tool = Start(arguments, folder, input, environment);
        return await tool.EndAsync();
    }

    /// <summary>Returns once it has said something to stderr.</summary>
    public async Task SaysAsync(string text)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_error)
        {
            if (_error.Exists(line => line.Contains(text, StringComparison.Ordinal)))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        try
        {
            await seen.Task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not say '{text}'. It said:\n{Said()}");
        }
    }

    /// <summary>Sends what Ctrl-C sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<ToolResult> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
            await _errorEnded.Task;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not end. It said:\n{Said()}");
        }

        return new(_process.ExitCode, await _out, Said());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private string Said()
    {
        lock (_error)
        {
            return string.Join('\n', _error);
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            _errorEnded.TrySetResult();
            return;
        }

        lock (_error)
        {
            _error.Add(line);
            foreach (var (_, seen) in _awaited.Where(awaited => line.Contains(awaited.Text, StringComparison.Ordinal)))
            {
                seen.TrySetResult();
            }
        }
    }
}
