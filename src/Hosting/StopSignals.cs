using System.Runtime.InteropServices;

namespace BlueEdge.Hosting;

/// <summary>Remembers which signal told the process to stop; the host only knows that one did.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations;
    private volatile string? _last;

    public StopSignals() =>
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT]).Select(signal => PosixSignalRegistration.Create(signal, Keep))];

    /// <summary>Why the process stops.</summary>
    public string Reason => _last ?? "something in it asked for that";

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Keep(PosixSignalContext context) => _last = context.Signal.ToString();
}
