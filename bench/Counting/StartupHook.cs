using System.Diagnostics;
using System.Runtime.CompilerServices;
using BlueEdge.Counting;

/// <summary>
/// What the runtime calls before a program begins whose DOTNET_STARTUP_HOOKS names this assembly. It counts what the process does, for who
/// connects to <c>{process id}.sock</c> in the folder that BLUEEDGE_COUNTS names.
/// </summary>
#pragma warning disable MA0047 // The runtime looks for it in no namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        // What else is started beside the servers, as the SDK by a script, has no Orleans.
        if (Environment.GetEnvironmentVariable("BLUEEDGE_COUNTS") is { Length: > 0 } folder && File.Exists(Path.Combine(AppContext.BaseDirectory, "Orleans.Core.Abstractions.dll")))
        {
            Start(folder);
        }
    }

    /// <summary>Apart, so that nothing of Orleans is looked for before.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Start(string folder)
    {
        Counts counts = new();
        DiagnosticListener.AllListeners.Subscribe(new HostWatch(new CallCounter(counts)));
        CountsServer.Start(folder, new MeterCounts(counts));
    }
}
