using System.Net;
using Garnet.server;
using Tsavorite.core;

namespace BlueEdge.Silo.Embedded;

/// <summary>How Garnet is set. Its own defaults keep nothing; docs/decisions/0003 has the figures behind these.</summary>
internal static class EmbeddedStoreSettings
{
    public static GarnetServerOptions For(string folder, int port) => new()
    {
        EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
        QuietMode = true,

        // Nothing but COMMITAOF commits the log; see CommittedLog. It comes over the connection that everything else comes
        // over, so it never falls into the middle of a script: after a crash each script has run wholly or not at all.
        // Garnet by itself would commit each write of a script alone.
        EnableAOF = true,
        CommitFrequencyMs = -1,
        CheckpointDir = folder,
        Recover = true,
        FailOnRecoveryError = true,

        // The native device needs libaio and hangs without it.
        DeviceType = DeviceType.RandomAccess,

        // Orleans' membership needs Lua. Without locks scripts of several connections would write over each other.
        EnableLua = true,
        LuaOptions = new(),
        LuaTransactionMode = true,

        // Everything stays in memory, as in Redis. Beyond the limit Garnet would drop the oldest, so no machine reaches it;
        // memory is taken page by page. On disk as well, large values do not survive a checkpoint.
        LogMemorySize = "64g",
        PageSize = "2m",
        IndexMemorySize = "16m",

        // No revivification: a record that is used again is not found by a later recovery, and its session is lost.
        ExpiredKeyDeletionScanFrequencySecs = 60,

        AofMemorySize = "16m",
        AofPageSize = "4m",
        AofSegmentSize = "16m",

        // A connection that waits for its write holds a thread of the pool, which begins with one a core.
        ThreadPoolMinThreads = 16,
    };
}
