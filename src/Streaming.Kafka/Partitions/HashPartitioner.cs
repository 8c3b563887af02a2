namespace Streaming.Kafka.Partitions;

/// <summary>Spreads streams by a hash of namespace and key (FNV-1a, 32 bits) that is the same in every process and version.</summary>
internal sealed class HashPartitioner : IKafkaPartitioner
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    public int GetPartition(StreamId stream, int partitionCount) =>
        (int)(Hash(stream.Key.Span, Hash(stream.Namespace.Span, OffsetBasis) * Prime) % (uint)partitionCount);

    public static uint Hash(ReadOnlySpan<byte> bytes, uint hash = OffsetBasis)
    {
        foreach (var each in bytes)
        {
            hash = unchecked((hash ^ each) * Prime);
        }

        return hash;
    }
}
