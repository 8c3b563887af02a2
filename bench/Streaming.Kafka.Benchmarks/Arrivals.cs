using System.Buffers.Binary;
using System.Diagnostics;

namespace Streaming.Kafka;

/// <summary>Counts messages that arrive and how long each took; each bears the time at which it was sent.</summary>
internal sealed class Arrivals
{
    private readonly List<double> _milliseconds = [];
    private readonly TimeProvider _clock = TimeProvider.System;
    private TaskCompletionSource _done = new();
    private int _open;

    /// <summary>Expects messages; the task is done when the last has arrived.</summary>
    public Task Expect(int messages)
    {
        _milliseconds.Clear();
        _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _open = messages;
        return _done.Task;
    }

    public void Add(ReadOnlySpan<byte> message)
    {
        _milliseconds.Add(_clock.GetElapsedTime(BinaryPrimitives.ReadInt64LittleEndian(message)).TotalMilliseconds);
        if (--_open == 0)
        {
            _done.SetResult();
        }
    }

    /// <summary>How long the given part of the messages took at most, in milliseconds.</summary>
    public double Percentile(double part) => _milliseconds.Order().ElementAt((int)(part * (_milliseconds.Count - 1)));

    /// <summary>Puts the time into a message.</summary>
    public static byte[] Stamp(byte[] message)
    {
        BinaryPrimitives.WriteInt64LittleEndian(message, Stopwatch.GetTimestamp());
        return message;
    }
}
