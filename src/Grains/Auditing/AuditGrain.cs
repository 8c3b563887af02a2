using System.Collections.Immutable;
using BlueEdge.Auditing;
using Orleans.Concurrency;

namespace BlueEdge.Grains.Auditing;

/// <summary>Puts the kinds of records together again, which are kept apart.</summary>
[GrainType("audit"), StatelessWorker]
internal sealed class AuditGrain(IAuditStore store) : Grain, IAuditGrain
{
    /// <summary>So many are looked at for one page: who looks for few among many is told where to go on.</summary>
    private const int MostLookedAt = 5_000;

    public Task AppendAsync(ImmutableArray<AuditRecord> records, CancellationToken cancellationToken) => store.AppendAsync(records);

    public async Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        List<AuditSource> sources = [.. (query.Kind is { } kind ? [kind] : Enum.GetValues<AuditKind>()).Select(each => new AuditSource(store, each, query.Before))];
        var found = ImmutableArray.CreateBuilder<AuditRecord>();
        AuditPosition? last = null;
        for (var lookedAt = 0; ; lookedAt++)
        {
            if (await NewestAsync(sources) is not { } newest)
            {
                return new() { Records = found.DrainToImmutable() };
            }

            if (found.Count == query.Limit || lookedAt == MostLookedAt)
            {
                return new() { Records = found.DrainToImmutable(), Next = last };
            }

            newest.Source.Take();
            last = newest.Position;
            if (query.Matches(newest.Record))
            {
                found.Add(newest.Record);
            }
        }
    }

    private static async Task<(AuditSource Source, AuditPosition Position, AuditRecord Record)?> NewestAsync(List<AuditSource> sources)
    {
        (AuditSource Source, AuditPosition Position, AuditRecord Record)? newest = null;
        foreach (var source in sources)
        {
            if (await source.PeekAsync() is { } next && (newest is null || next.Position.IsNewerThan(newest.Value.Position)))
            {
                newest = (source, next.Position, next.Record);
            }
        }

        return newest;
    }
}
