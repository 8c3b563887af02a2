using System.Collections.Immutable;
using BlueEdge.Quotas;

namespace BlueEdge.Grains.Quotas;

/// <summary>What a tenant has taken and a restart may not forget, as it is stored, and each change of it.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.tenant-quota-state")]
internal sealed record TenantQuotaState
{
    /// <summary>The day that <see cref="PayloadBytes"/> is of, in days since 1970 (UTC).</summary>
    [Id(0)]
    public long Day { get; init; }

    /// <summary>Bytes of payloads that came on that day.</summary>
    [Id(1)]
    public long PayloadBytes { get; init; }

    /// <summary>Uploads by their hours, the oldest first; none of which nothing is stored.</summary>
    [Id(2)]
    public ImmutableArray<UploadHour> Uploads { get; init; } = [];

    /// <summary>Bytes of uploads that are stored.</summary>
    public long BlobBytes => Uploads.Sum(each => each.Bytes);

    /// <summary>The same at another time: another day begins with nothing, and of hours that are cleared away nothing is stored.</summary>
    /// <param name="day">The day.</param>
    /// <param name="clearedTo">The last hour whose uploads are cleared away.</param>
    public TenantQuotaState At(long day, long clearedTo)
    {
        var turned = day > Day ? this with { Day = day, PayloadBytes = 0 } : this;
        return turned.Uploads is [var oldest, ..] && oldest.Hour <= clearedTo ? turned with { Uploads = turned.Uploads.RemoveAll(each => each.Hour <= clearedTo) } : turned;
    }

    /// <summary>With what a gateway has counted.</summary>
    public TenantQuotaState Add(long payloadBytes, ImmutableArray<UploadChange> uploads)
    {
        if (payloadBytes == 0 && uploads.IsEmpty)
        {
            return this;
        }

        SortedDictionary<long, long> hours = new(Uploads.ToDictionary(each => each.Hour, each => each.Bytes));
        foreach (var change in uploads)
        {
            hours[change.Hour] = hours.GetValueOrDefault(change.Hour) + change.Bytes;
        }

        return this with { PayloadBytes = PayloadBytes + payloadBytes, Uploads = uploads.IsEmpty ? Uploads : [.. hours.Where(hour => hour.Value > 0).Select(hour => new UploadHour(hour.Key, hour.Value))] };
    }
}
