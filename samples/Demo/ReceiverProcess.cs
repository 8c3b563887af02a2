using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;

namespace BlueEdge.Samples.Demo;

/// <summary>samples/Receiver as a process of its own, on a free port of loopback and with a secret that is made for it.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ReceiverProcess(Process process) => _process = process;

    /// <summary>What sender and receiver share.</summary>
    public static string Secret { get; } = $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it printed: a line for each event whose signature it found right, its id and its body.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    public static async Task<ReceiverProcess> StartAsync(string root, CancellationToken cancellationToken)
    {
        var process = new Process
        {
            StartInfo = new("dotnet", [Path.Combine(root, "artifacts", "bin", "Receiver", "release", "BlueEdge.Samples.Receiver.dll"), "--urls", "http://127.0.0.1:0"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["WEBHOOK_SECRET"] = Secret },
            },
        };
        var receiver = new ReceiverProcess(process);
        process.OutputDataReceived += (_, line) => receiver.Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        try
        {
            receiver.Address = new Uri(await receiver._listening.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken), "hook");
            return receiver;
        }
        catch
        {
            await receiver.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            _listening.TrySetException(new InvalidOperationException("The receiver ended; its last lines say why."));
        }
        else if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            _listening.TrySetResult(new(line[(at + Listening.Length)..]));
        }
        else if (line.Contains(" {", StringComparison.Ordinal))
        {
            Taken.Enqueue(line);
        }
    }
}
