using System.Collections.Immutable;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Sessions.Events;

/// <summary>The newest of the events that an activation stored and has yet to tell: what is here need not be read from the log.</summary>
internal sealed class UntoldEvents
{
    /// <summary>Beyond so many they are read from the log: whoever listens is slow, and engines may say much.</summary>
    public const int Most = 100;

    private ImmutableArray<SessionEvent> _events = [];

    /// <summary>Takes in what was stored just now.</summary>
    public void Add(ImmutableArray<SessionEvent> stored)
    {
        if (!stored.IsEmpty)
        {
            _events = _events.Length + stored.Length > Most || (!_events.IsEmpty && _events[^1].Number + 1 != stored[0].Number)
                ? stored.Length > Most ? [] : stored
                : [.. _events, .. stored];
        }
    }

    /// <summary>Those that come after a number, up to the newest; none where the one after it is not here. Those up to it are forgotten.</summary>
    public ImmutableArray<SessionEvent> After(long number)
    {
        _events = _events.RemoveAll(one => one.Number <= number);
        return _events is [var first, ..] && first.Number == number + 1 ? _events : [];
    }
}
