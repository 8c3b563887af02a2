using System.Runtime.InteropServices;
using BlueEdge.Auditing;

namespace BlueEdge.Gateway.Auditing;

/// <summary>
/// What was done within a moment: the same by the same counts, and is one record. What is more than a moment may have is counted only: by those who are not let in a flood of refusals is
/// made at no cost, which nobody is to be slowed down by, or to lose older records to. Safe for concurrent use.
/// </summary>
internal sealed class AuditTally(TimeProvider time)
{
    /// <summary>So many different ones a moment has.</summary>
    public const int Most = 10_000;

    /// <summary>So many different refusals among them.</summary>
    public const int MostRefusals = 20;

    /// <summary>What stands for those that are counted only.</summary>
    public const string Dropped = "dropped";

    private readonly Lock _lock = new();
    private Dictionary<AuditRecord, (DateTimeOffset At, int Count)> _counts = [];
    private int _refusals;

    /// <summary>Counts one.</summary>
    public void Add(AuditRecord record)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (!_counts.ContainsKey(record))
            {
                var isRefusal = record.Kind is AuditKind.Refusal;
                if (_counts.Count >= Most || (isRefusal && _refusals >= MostRefusals))
                {
                    record = DroppedOf(record.Kind, default);
                }
                else if (isRefusal)
                {
                    _refusals++;
                }
            }

            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, record, out var isKnown);
            count = (isKnown ? count.At : now, count.Count + 1);
        }
    }

    /// <summary>All since this was asked last, in the order in which they were first.</summary>
    public IReadOnlyList<AuditRecord> Take()
    {
        Dictionary<AuditRecord, (DateTimeOffset At, int Count)> taken;
        lock (_lock)
        {
            if (_counts.Count == 0)
            {
                return [];
            }

            (taken, _counts, _refusals) = (_counts, [], 0);
        }

        return [.. taken.Select(entry => entry.Key with { At = entry.Value.At, Count = entry.Value.Count }).OrderBy(record => record.At)];
    }

    /// <summary>What stands for some that nobody recorded.</summary>
    public static AuditRecord DroppedOf(AuditKind kind, DateTimeOffset at, int count = 1) => new() { At = at, Kind = kind, Action = Dropped, Count = count };
}
