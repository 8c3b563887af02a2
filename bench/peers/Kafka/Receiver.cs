using BlueEdge.Bench.Parcels;

namespace BlueEdge.KafkaPeer;

/// <summary>Notes what comes, order after order.</summary>
internal sealed class Receiver(TimeProvider clock)
{
    private TaskCompletionSource<ParcelReport> _complete = new();
    private ParcelLog _log = new(clock);
    private int _expected;

    /// <summary>The report on so many parcels, the first of which is written after this.</summary>
    public Task<ParcelReport> ExpectAsync(int parcels)
    {
        (_log, _complete) = (new(clock), new(TaskCreationOptions.RunContinuationsAsynchronously));
        Volatile.Write(ref _expected, parcels);
        return _complete.Task;
    }

    /// <exception cref="InvalidDataException">It is not the one whose turn it is.</exception>
    public void Receive(byte[] parcel)
    {
        var expected = Volatile.Read(ref _expected);
        _log.Add(parcel);
        if (_log.Count == expected)
        {
            _complete.SetResult(_log.ToReport());
        }
    }
}
