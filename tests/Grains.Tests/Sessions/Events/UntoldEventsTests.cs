using BlueEdge.Grains.Sessions.Events;
using BlueEdge.Sessions.Events;

namespace BlueEdge.Grains.Tests.Sessions.Events;

public sealed class UntoldEventsTests
{
    private readonly UntoldEvents _untold = new();

    [Fact]
    public void What_was_stored_is_there_until_it_is_told()
    {
        _untold.Add(Events(1, 2));
        _untold.Add(Events(3, 5));

        Assert.Equal([1L, 2, 3, 4, 5], After(0));
        Assert.Equal([4L, 5], After(3));
        Assert.Empty(After(5));
        _untold.Add(Events(6, 6));
        Assert.Equal([6L], After(5));
    }

    [Fact]
    public void What_is_not_all_there_is_read_from_the_log()
    {
        _untold.Add(Events(4, 6));

        Assert.Empty(After(1));
        Assert.Equal([4L, 5, 6], After(3));
    }

    [Fact]
    public void Events_that_another_activation_stored_in_between_part_what_is_there()
    {
        _untold.Add(Events(1, 2));
        _untold.Add(Events(5, 6));

        Assert.Empty(After(0));
        Assert.Equal([5L, 6], After(4));
    }

    [Fact]
    public void Of_very_many_none_is_kept_beyond_the_newest()
    {
        _untold.Add(Events(1, UntoldEvents.Most));
        Assert.Equal(UntoldEvents.Most, After(0).Count());

        _untold.Add(Events(UntoldEvents.Most + 1, UntoldEvents.Most + 1));
        Assert.Empty(After(0));
        Assert.Equal([UntoldEvents.Most + 1L], After(UntoldEvents.Most));

        _untold.Add(Events(UntoldEvents.Most + 2, (3 * UntoldEvents.Most)));
        Assert.Empty(After(UntoldEvents.Most + 1));
    }

    private IEnumerable<long> After(long number) => _untold.After(number).Select(one => one.Number);

    private static System.Collections.Immutable.ImmutableArray<SessionEvent> Events(int first, int last) =>
        [.. Enumerable.Range(first, last - first + 1).Select(number => new SessionEvent { Number = number, At = default, Kind = SessionEventKind.EngineSaid, Epoch = 1 })];
}
