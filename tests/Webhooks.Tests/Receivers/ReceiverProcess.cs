using System.Diagnostics;

namespace BlueEdge.Webhooks.Tests.Receivers;

/// <summary>samples/Receiver as a process.</summary>
internal sealed class ReceiverProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;

    private ReceiverProcess(Process process) => _process = process;

    public Uri Url { get; private set; } = new("http://127.0.0.1/");

    public static async Task<ReceiverProcess> StartAsync(string secret)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Receiver", "release", "BlueEdge.Samples.Receiver.dll");
        var process = new Process
        {
            StartInfo = new("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { UseShellExecute = false, RedirectStandardOutput = true, Environment = { ["WEBHOOK_SECRET"] = secret } },
        };
        process.Start();
        var receiver = new ReceiverProcess(process);
        var line = await receiver.LineAsync(Listening);
        receiver.Url = new(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
        return receiver;
    }

    /// <summary>The next line that has a text in it.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The receiver ended and never said '{text}'.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
