using BlueEdge.Auditing;

namespace BlueEdge.Grains.Auditing;

/// <summary>The records of one kind, read in pieces as they are wanted.</summary>
internal sealed class AuditSource(IAuditStore store, AuditKind kind, AuditPosition? before)
{
    private const int Piece = 200;

    private readonly Queue<(AuditPosition Position, AuditRecord Record)> _read = [];
    private AuditPosition? _before = before;
    private bool _isOver;

    /// <summary>The newest that was not taken; <see langword="null"/> where there is none.</summary>
    public async Task<(AuditPosition Position, AuditRecord Record)?> PeekAsync()
    {
        if (_read.Count == 0 && !_isOver)
        {
            var more = await store.ReadAsync(kind, _before, Piece);
            foreach (var entry in more)
            {
                _read.Enqueue(entry);
                _before = entry.Position;
            }

            _isOver = more.Length < Piece;
        }

        return _read.TryPeek(out var next) ? next : null;
    }

    public void Take() => _read.Dequeue();
}
