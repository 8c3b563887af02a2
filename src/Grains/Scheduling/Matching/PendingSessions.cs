namespace BlueEdge.Grains.Scheduling.Matching;

/// <summary>
/// The sessions that wait, each under a small number (its handle), found by id. Records lie in pages, so that growing
/// copies none of them, and the index holds handles alone.
/// </summary>
internal sealed class PendingSessions
{
    private const int PageBits = 10;
    private const int PageMask = (1 << PageBits) - 1;
    private const int None = -1;

    private readonly List<PendingSession[]> _pages = [];
    private int[] _index = NewIndex(64);
    private int _used;
    private int _free = None;

    public int Count { get; private set; }

    public ref PendingSession this[int handle] => ref _pages[handle >> PageBits][handle & PageMask];

    public int Add(in PendingSession session)
    {
        if ((Count + 1) * 4 > _index.Length * 3)
        {
            Grow();
        }

        var handle = _free;
        if (handle == None)
        {
            handle = _used++;
            if (handle >> PageBits == _pages.Count)
            {
                _pages.Add(new PendingSession[1 << PageBits]);
            }
        }
        else
        {
            _free = this[handle].Epoch;
        }

        this[handle] = session;
        Put(handle);
        Count++;
        return handle;
    }

    /// <summary>The session's handle, or -1 where it does not wait.</summary>
    public int Find(UInt128 id)
    {
        var place = FindPlace(id);
        return _index[place];
    }

    public void Remove(int handle)
    {
        ref var session = ref this[handle];
        Vacate(FindPlace(session.Id));
        session = new PendingSession { Epoch = _free };
        _free = handle;
        Count--;
    }

    private static int[] NewIndex(int size)
    {
        var index = new int[size];
        Array.Fill(index, None);
        return index;
    }

    // Ids of one moment share their first half, ids of one key's making need not: mix both halves.
    private int Home(UInt128 id)
    {
        var mixed = ((ulong)id ^ ((ulong)(id >> 64) * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> 32) & (_index.Length - 1);
    }

    private int FindPlace(UInt128 id)
    {
        var place = Home(id);
        while (_index[place] != None && this[_index[place]].Id != id)
        {
            place = (place + 1) & (_index.Length - 1);
        }

        return place;
    }

    private void Put(int handle)
    {
        var place = Home(this[handle].Id);
        while (_index[place] != None)
        {
            place = (place + 1) & (_index.Length - 1);
        }

        _index[place] = handle;
    }

    // Moves back what was pushed past the gap, so that no tombstones gather.
    private void Vacate(int gap)
    {
        var mask = _index.Length - 1;
        for (var place = (gap + 1) & mask; _index[place] != None; place = (place + 1) & mask)
        {
            var home = Home(this[_index[place]].Id);
            if (((place - home) & mask) >= ((place - gap) & mask))
            {
                _index[gap] = _index[place];
                gap = place;
            }
        }

        _index[gap] = None;
    }

    private void Grow()
    {
        var old = _index;
        _index = NewIndex(old.Length * 2);
        foreach (var handle in old)
        {
            if (handle != None)
            {
                Put(handle);
            }
        }
    }
}
