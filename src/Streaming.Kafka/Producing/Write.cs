using System.Diagnostics;
using Streaming.Kafka.Messages;

namespace Streaming.Kafka.Producing;

/// <summary>One call of a producer: it is done when all its events are acknowledged, and fails when one of them fails.</summary>
internal sealed class Write(int partition, StreamId stream, List<EventBytes> events, ReadOnlyMemory<byte> context)
{
    // What an event costs beside its bytes, so that empty events are bounded too.
    private const int EventOverhead = 16;

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = events.Count;

    public int Partition => partition;

    public StreamId Stream => stream;

    public List<EventBytes> Events => events;

    public ReadOnlyMemory<byte> Context => context;

    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

    public long Size { get; } = events.Sum(SizeOf);

    public Task Task => _done.Task;

    public static long SizeOf(EventBytes each) => each.Bytes.Length + EventOverhead;

    public void Acknowledge()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _done.TrySetResult();
        }
    }

    public void Fail(Exception error) => _done.TrySetException(error);
}
