namespace BlueEdge.Driver.Cases;

/// <summary>What is counted of a session, by its name and by which of the processes' counters add up to it.</summary>
internal static class Steps
{
    public static readonly IReadOnlyList<(string Name, Func<IReadOnlyDictionary<string, double>, double> Of)> All =
    [
        ("calls of grains", Sum(count => count.StartsWith("call ", StringComparison.Ordinal) && !IsOfDirectory(count))),
        ("calls of the grain directory", Sum(IsOfDirectory)),
        ("activations", Sum(count => count is "orleans-catalog-activation-created")),
        ("messages between processes", Sum(count => count is "orleans-messaging-sent-messages-size n")),
        ("bytes of them", Sum(count => count is "orleans-messaging-sent-messages-size")),
        ("questions to the store and writes", Sum(count => count is "blueedge.store.duration n")),
        ("commits of the scheduler", Sum(count => count is "blueedge.scheduler.commit.duration n")),
        ("commands of Redis, those in scripts too", Sum(count => count.StartsWith("redis ", StringComparison.Ordinal) && !IsOfNetwork(count))),
        ("bytes to and from Redis", Sum(IsOfNetwork)),
        ("items of thread pools", Sum(count => count is "process thread pool items")),
        ("bytes allocated", Sum(count => count is "process allocated bytes")),
        ("ms of processors, counting included", Sum(count => count is "process cpu ms")),
    ];

    private static bool IsOfDirectory(string count) => count.StartsWith("call IGrainDirectoryPartition.", StringComparison.Ordinal);

    private static bool IsOfNetwork(string count) => count.StartsWith("redis total_net_", StringComparison.Ordinal);

    private static Func<IReadOnlyDictionary<string, double>, double> Sum(Func<string, bool> isOne) =>
        each => each.Where(count => isOne(count.Key)).Sum(count => count.Value);
}
