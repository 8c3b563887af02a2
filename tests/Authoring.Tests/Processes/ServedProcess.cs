using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace BlueEdge.Authoring.Tests.Processes;

/// <summary>A program that serves until the test ends it.</summary>
internal sealed class ServedProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly ConcurrentQueue<string> _output = [];
    private readonly Process _process;

    public ServedProcess(string folder, IReadOnlyDictionary<string, string> environment, Uri? address, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        Http = new() { BaseAddress = address, Timeout = Patience };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; }

    /// <summary>What it wrote.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Posts JSON as soon as it is answered with 2xx, and returns the answer: another process has no event to wait for.</summary>
    public async Task<string> PostAsync(string path, string json) => await UntilAsync(async () =>
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), body);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
    });

    /// <summary>Gets what is answered with 2xx.</summary>
    public async Task<string> GetAsync(string path) => await UntilAsync(async () =>
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync() : null;
    });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> UntilAsync(Func<Task<string?>> ask)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience && !_process.HasExited; await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System))
        {
            try
            {
                if (await ask() is { } answer)
                {
                    return answer;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        throw new InvalidOperationException($"There was no good answer within {Patience}{(_process.HasExited ? ", for the process has ended" : "")}. It wrote:\n{Output}");
    }
}
