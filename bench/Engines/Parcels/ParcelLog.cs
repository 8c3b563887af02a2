namespace BlueEdge.Bench.Parcels;

/// <summary>What a reader notes of the parcels that come, and that they come in order.</summary>
internal sealed class ParcelLog(TimeProvider clock)
{
    private readonly List<(long Sent, long Came)> _parcels = [];
    private int _bytes;

    public int Count => _parcels.Count;

    /// <exception cref="InvalidDataException">It is not the one whose turn it is.</exception>
    public void Add(ReadOnlySpan<byte> packed)
    {
        var came = clock.GetTimestamp();
        var parcel = Parcel.Unpack(packed);
        _bytes = _parcels.Count == 0 ? packed.Length : _bytes;
        if (parcel.Number != _parcels.Count || packed.Length != _bytes)
        {
            throw new InvalidDataException(
                $"Parcel {parcel.Number} of {packed.Length} bytes came, and {_parcels.Count} of {_bytes} bytes is the one whose turn it was.");
        }

        _parcels.Add((parcel.Sent, came));
    }

    /// <summary>What was found of two parcels or more.</summary>
    public ParcelReport ToReport()
    {
        var first = _parcels.Count / 10;
        double[] times = [.. _parcels.Skip(first).Select(each => clock.GetElapsedTime(each.Sent, each.Came).TotalMilliseconds).Order()];
        return new(
            _parcels.Count,
            _bytes,
            (times.Length - 1) / clock.GetElapsedTime(_parcels[first].Came, _parcels[^1].Came).TotalSeconds,
            At(0.5),
            At(0.99));

        double At(double part) => times[(int)(part * (times.Length - 1))];
    }
}
