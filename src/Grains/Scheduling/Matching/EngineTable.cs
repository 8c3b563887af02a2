namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>The engines known, and which of them have more to give since the last match.</summary>
/// <param name="sessions">Where the sessions lie that wait.</param>
/// <param name="order">The order in which an engine serves tenants.</param>
internal sealed class EngineTable(PendingSessions sessions, TurnOrder order)
{
    private readonly SortedDictionary<string, EngineState> _engines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EngineState> _byId = new(StringComparer.Ordinal);
    private readonly List<EngineState> _touched = [];
    private readonly List<TenantShare> _rooms = [];

    /// <summary>By id.</summary>
    public IReadOnlyCollection<EngineState> All => _engines.Values;

    public IReadOnlyList<EngineState> Touched => _touched;

    public EngineState? Find(string id) => _byId.GetValueOrDefault(id);

    public EngineState GetOrAdd(string id)
    {
        if (!_byId.TryGetValue(id, out var engine))
        {
            engine = new EngineState(id, sessions, order);
            _byId.Add(id, engine);
            _engines.Add(id, engine);
        }

        return engine;
    }

    /// <summary>Says that more of the engine may be available than before.</summary>
    public void Touch(EngineState engine)
    {
        if (!engine.Touched)
        {
            engine.Touched = true;
            _touched.Add(engine);
        }
    }

    /// <summary>Says that a bounded tenant holds more or fewer slots than before.</summary>
    public void NoteRoom(TenantShare share) => _rooms.Add(share);

    /// <summary>The next of the shares of which that was said, or null.</summary>
    public TenantShare? TakeNotedRoom()
    {
        if (_rooms is not [.., var share])
        {
            return null;
        }

        _rooms.RemoveAt(_rooms.Count - 1);
        return share;
    }

    public void ClearTouched()
    {
        foreach (var engine in _touched)
        {
            engine.Touched = false;
        }

        _touched.Clear();
    }
}
