namespace BlueEdge.EngineHost.Engines;

/// <summary>Keeps engines that block or compute from taking the threads that everything else in the process needs.</summary>
/// <remarks>
/// Above its minimum, which is one thread a processor, the thread pool adds about one thread in half a second. Eight engines
/// that block held up every call of a process with two processors for up to a second; of twenty-four, nine had begun after six.
/// </remarks>
internal static class ThreadReserve
{
    /// <summary>The minimum for a process: its own, or what the engines may block beyond one thread a processor.</summary>
    public static int Minimum(int present, int processors, int blockingThreads, int slots) =>
        Math.Max(present, processors + Math.Min(blockingThreads, slots));

    /// <summary>Raises the thread pool's minimum; never lowers it.</summary>
    public static void Make(int blockingThreads, int slots)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Minimum(workers, Environment.ProcessorCount, blockingThreads, slots), ports);
    }
}
