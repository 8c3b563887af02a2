using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Development;

/// <summary>A program of an author, as a process. It writes to stderr and stdout as it likes.</summary>
internal sealed class DevProgram : IDisposable
{
    /// <summary>Ctrl-C in a terminal reaches the program too, and it needs no second word.</summary>
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(1);

    /// <summary>A process that is told to stop finishes what it has.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private DevProgram(Process process) => _process = process;

    /// <summary>What runs the program at a path.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static string[] CommandFor(string path, bool isWatched)
    {
        if (path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) && File.Exists(path))
        {
            return isWatched ? throw ToolException.Usage($"{path} is built already: --watch wants its project.") : [Path.GetFullPath(path)];
        }

        var project = File.Exists(path) ? path : FindProject(path);
        return isWatched ? ["watch", "--project", project, "run"] : ["run", "--project", project];
    }

    /// <exception cref="ToolException">dotnet does not start.</exception>
    public static DevProgram Start(IReadOnlyCollection<string> arguments, Uri server)
    {
        try
        {
            var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, Environment = { ["ASPNETCORE_URLS"] = server.ToString() } };
            return new(Process.Start(start) ?? throw new InvalidOperationException("A new process was asked for."));
        }
        catch (Win32Exception exception)
        {
            throw new ToolException(ExitCodes.Unavailable, $"'dotnet' cannot be started: {exception.Message} Is the .NET SDK installed?", exception);
        }
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public async Task<int> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Has it end, in order where it does so in time.</summary>
    public async Task StopAsync()
    {
        if (!await EndsWithinAsync(FirstPatience))
        {
            Tell();
            if (!await EndsWithinAsync(LastPatience))
            {
                _process.Kill(entireProcessTree: true);
            }
        }
    }

    public void Dispose() => _process.Dispose();

    /// <exception cref="ToolException">There is none, or more than one.</exception>
    private static string FindProject(string folder)
    {
        var projects = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csproj") : [];
        return projects switch
        {
            [var project] => project,
            [] => throw ToolException.Usage($"There is no project in {Path.GetFullPath(folder)}: give the path of one, or make one as docs/engine-authors.md says."),
            _ => throw ToolException.Usage($"There are {projects.Length} projects in {Path.GetFullPath(folder)}: give the path of one."),
        };
    }

    private async Task<bool> EndsWithinAsync(TimeSpan patience)
    {
        using CancellationTokenSource over = new(patience);
        try
        {
            await _process.WaitForExitAsync(over.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Asks it to stop; where there are no signals it is ended.</summary>
    private void Tell()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill(entireProcessTree: true);
            return;
        }

        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
    }
}
