using System.Collections.Immutable;
using System.Globalization;
using BlueEdge.Auditing;
using BlueEdge.Clustering.Storage;
using BlueEdge.Grains.Auditing;
using BlueEdge.Store.Redis.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueEdge.Store.Redis.Auditing;

/// <summary>The audit as a Redis stream for each kind. A record's place is the entry's own id.</summary>
internal sealed class RedisAuditStore(RedisStore redis, StorageKeys keys, IOptions<AuditOptions> options) : IAuditStore
{
    private const string Field = "record";

    public Task AppendAsync(ImmutableArray<AuditRecord> records) => redis.AskAsync(database => Task.WhenAll(records.Select(record =>
        database.StreamAddAsync(KeyOf(record.Kind), Field, AuditJson.Write(record), maxLength: options.Value.MaxRecords, useApproximateMaxLength: true))));

    public async Task<ImmutableArray<(AuditPosition Position, AuditRecord Record)>> ReadAsync(AuditKind kind, AuditPosition? before, int count)
    {
        var entries = await redis.AskAsync(database => database.StreamRangeAsync(KeyOf(kind), minId: null, Last(kind, before), count, Order.Descending));
        return [.. entries.Select(entry => (Position(entry.Id, kind), AuditJson.Read(((ReadOnlyMemory<byte>)entry[Field]).Span)))];
    }

    private RedisKey KeyOf(AuditKind kind) => keys.Audit(kind switch
    {
        AuditKind.Change => "change",
        AuditKind.Submission => "submission",
        _ => "refusal",
    });

    /// <summary>Of one id that of a lesser kind comes before; of its own and of greater kinds the id itself is out.</summary>
    private static RedisValue Last(AuditKind kind, AuditPosition? before) => before is { } position
        ? string.Create(CultureInfo.InvariantCulture, $"{(kind < position.Kind ? "" : "(")}{position.Time}-{position.Number}")
        : "+";

    private static AuditPosition Position(RedisValue id, AuditKind kind)
    {
        var parts = id.ToString().Split('-');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), kind);
    }
}
