using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Quotas;

/// <summary>What a tenant has sent today and has uploaded, as the gateway knows it: what its grain told last, and what came here since. Not thread-safe: its owner locks.</summary>
internal sealed class TakenBytes
{
    /// <summary>What is older is asked for before anybody is refused.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>The part of a day's bytes that is told at once.</summary>
    private const int ToldPart = 100;

    /// <summary>Nobody knows when one is deleted.</summary>
    private static readonly TimeSpan UploadPause = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _heardAt;
    private long _day;
    private long _payload;
    private long _payloadTold;
    private long _payloadNew;
    private long _stored;
    private long _uploading;
    private ImmutableArray<UploadChange> _changesTold = [];
    private ImmutableArray<UploadChange> _changesNew = [];

    /// <summary>Whether the grain has something to hear.</summary>
    public bool HasNews => _payloadNew > 0 || !_changesNew.IsEmpty;

    public QuotaVerdict TryTake(long bytes, QuotaLimits limits, DateTimeOffset now, int tries)
    {
        if (limits.PayloadBytesPerDay == 0)
        {
            return QuotaVerdict.Yes;
        }

        if (_heardAt is null && tries == 0)
        {
            return QuotaVerdict.Ask;
        }

        var today = QuotaGrant.DayOf(now);
        if (today > _day)
        {
            // What came before midnight and was not told is counted with the new day.
            (_day, _payload) = (today, 0);
        }

        if (_payload + _payloadTold + _payloadNew + bytes > limits.PayloadBytesPerDay)
        {
            return IsFresh(now) || tries > 0 ? QuotaVerdict.No(QuotaKind.PayloadBytes, DateTimeOffset.FromUnixTimeSeconds((today + 1) * 24 * 60 * 60) - now) : QuotaVerdict.Ask;
        }

        _payloadNew += bytes;
        return _payloadNew >= limits.PayloadBytesPerDay / ToldPart || !IsFresh(now) ? QuotaVerdict.YesAndAsk : QuotaVerdict.Yes;
    }

    /// <summary>Counts bytes that came already.</summary>
    public void NotePayload(long bytes) => _payloadNew += bytes;

    /// <summary>How much may be uploaded at once; fewer than 1 where it is nothing.</summary>
    public long RoomFor(QuotaLimits limits) =>
        limits.BlobBytes == 0 ? long.MaxValue : limits.BlobBytes - _stored - _uploading - _changesTold.Sum(change => change.Bytes) - _changesNew.Sum(change => change.Bytes);

    /// <param name="bytes">How many, as far as that is known.</param>
    /// <param name="limits">The tenant's limits.</param>
    /// <param name="now">The time.</param>
    /// <param name="tries">How often it was asked already.</param>
    public QuotaVerdict TryUpload(long bytes, QuotaLimits limits, DateTimeOffset now, int tries)
    {
        if (limits.BlobBytes == 0)
        {
            return QuotaVerdict.Yes;
        }

        if (!IsFresh(now) && tries == 0)
        {
            return QuotaVerdict.Ask;
        }

        if (RoomFor(limits) < Math.Max(1, bytes))
        {
            return tries == 0 ? QuotaVerdict.Ask : QuotaVerdict.No(QuotaKind.BlobBytes, UploadPause);
        }

        _uploading += bytes;
        return QuotaVerdict.Yes;
    }

    /// <summary>An upload has ended.</summary>
    /// <param name="reserved">What <see cref="TryUpload"/> was told.</param>
    /// <param name="uploadedAt">When it began.</param>
    /// <param name="bytes">How many are stored of it.</param>
    public void EndUpload(long reserved, DateTimeOffset uploadedAt, long bytes)
    {
        _uploading -= reserved;
        Note(uploadedAt, bytes);
    }

    /// <summary>Bytes of an upload came, or went.</summary>
    public void Note(DateTimeOffset uploadedAt, long bytes)
    {
        if (bytes != 0)
        {
            _changesNew = _changesNew.Add(new(BlobId.HourOf(uploadedAt), bytes));
        }
    }

    /// <summary>What is told the grain now.</summary>
    public (long PayloadBytes, ImmutableArray<UploadChange> Uploads) Report()
    {
        (_payloadTold, _payloadNew) = (_payloadTold + _payloadNew, 0);
        (_changesTold, _changesNew) = (_changesTold.AddRange(_changesNew), []);
        return (_payloadTold, _changesTold);
    }

    /// <summary>Takes what the grain knows, with what it was told.</summary>
    public void Take(QuotaGrant grant, DateTimeOffset now)
    {
        (_heardAt, _payloadTold, _changesTold) = (now, 0, []);
        (_day, _payload, _stored) = (grant.Day, grant.PayloadBytes, grant.BlobBytes);
    }

    private bool IsFresh(DateTimeOffset now) => now - _heardAt <= Fresh;
}
