using System.Runtime.InteropServices;

namespace BlueEdge.Tool.CommandLine;

/// <summary>Ctrl-C: the first one asks the command to end, the second one ends it.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _interrupted = new();
    private readonly PosixSignalRegistration _registration;

    public Interruption() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);

    public CancellationToken Token => _interrupted.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _interrupted.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        signal.Cancel = !_interrupted.IsCancellationRequested;
        _interrupted.Cancel();
    }
}
