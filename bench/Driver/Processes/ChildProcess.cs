using System.Diagnostics;
using System.Globalization;

namespace BlueEdge.Driver.Processes;

/// <summary>A process that a case started. What it writes goes to a file, but for lines that are asked for.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private Task _copying;

    private ChildProcess(string name, Process process, StreamWriter log)
    {
        Name = name;
        _process = process;
        _log = log;
        _copying = CopyAsync(process.StandardError);
    }

    public string Name { get; }

    public int Id => _process.Id;

    /// <summary>Processor time so far, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Memory that the process has, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{Id}/status").First(each => each.StartsWith("VmRSS:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        }
    }

    public static ChildProcess Start(string name, string file, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings, string folder)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        foreach (var (setting, value) in settings)
        {
            start.Environment[setting] = value;
        }

        var process = Process.Start(start) ?? throw new BenchException($"{file} could not be started.");
        return new(name, process, new(Path.Combine(folder, name + ".log"), append: true) { AutoFlush = true });
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<string> ReadLineAsync(TimeSpan patience)
    {
        try
        {
            return await _process.StandardOutput.ReadLineAsync().WaitAsync(patience, TimeProvider.System)
                ?? throw new BenchException($"{Name} ended; its log says why.");
        }
        catch (TimeoutException error)
        {
            throw new BenchException($"{Name} said nothing for {patience.TotalSeconds} s.", error);
        }
    }

    /// <summary>Waits for a line that says so.</summary>
    public async Task AwaitReadyAsync()
    {
        while (await ReadLineAsync(TimeSpan.FromSeconds(60)) is var line and not "ready")
        {
            await _log.WriteLineAsync(line);
        }
    }

    /// <summary>Waits until an address answers 200; what the process writes goes to its log from here on.</summary>
    public async Task AwaitReadyAsync(string url)
    {
        _copying = Task.WhenAll(_copying, CopyAsync(_process.StandardOutput));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited || clock.GetElapsedTime(began) > TimeSpan.FromMinutes(2))
            {
                throw new BenchException($"{Name} did not become ready; its log says why.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
        }
    }

    /// <summary>Waits for the end, and returns what it wrote.</summary>
    public async Task<string> ReadToEndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0 ? output : throw new BenchException($"{Name} ended with {_process.ExitCode}: {output}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _copying;
        await _log.DisposeAsync();
        _process.Dispose();
    }

    private async Task CopyAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_log)
            {
                _log.WriteLine(line);
            }
        }
    }
}
