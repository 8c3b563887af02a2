// Tries a cluster, or the embedded mode, under load and faults; see scripts/soak.
using System.Runtime.InteropServices;
using BlueEdge.Soak;
using BlueEdge.Soak.Parts;

try
{
    var options = SoakOptions.Parse(args);
    var settings = new Dictionary<string, string> { ["BlueEdge__Sessions__Retention"] = $"{options.Limits.Retention}" };
    using var ended = new CancellationTokenSource();
    using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using IParts parts = options.IsEmbedded ? new EmbeddedPart(options.Root, options.Former, options.Folder, settings) : new ClusterParts(options.Root, options.Former, options.Folder, settings);
    return await new SoakRun(options, parts).RunAsync(ended.Token) ? 0 : 1;

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true; // The parts end first.
        ended.Cancel();
    }
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    return 130;
}
