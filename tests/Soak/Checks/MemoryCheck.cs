using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>No process of ours takes more memory than the limit.</summary>
internal static class MemoryCheck
{
    public static IEnumerable<Violation> Find(SoakHistory history) =>
        from sample in history.Memory
        where sample.Bytes > history.Limits.Memory
        group sample by sample.Part into samples
        let most = samples.OrderByDescending(sample => sample.Bytes).First()
        select new Violation("memory", most.At, $"{most.Part} had {most.Bytes >> 20} MB. The limit is {history.Limits.Memory >> 20} MB.");
}
