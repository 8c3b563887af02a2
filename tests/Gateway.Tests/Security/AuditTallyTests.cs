using BlueEdge.Auditing;
using BlueEdge.Gateway.Auditing;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What happens within a moment.</summary>
public sealed class AuditTallyTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
    private readonly AuditTally _tally;

    public AuditTallyTests() => _tally = new(_time);

    [Fact]
    public void The_same_by_the_same_is_one_record_from_when_it_was_first()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _tally.Add(Write("In"));
            _time.Advance(TimeSpan.FromMicroseconds(1));
        }

        _tally.Add(Write("Other"));

        Assert.Equal([Write("In") with { At = new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero), Count = 1_000 }, Write("Other") with { At = _time.GetUtcNow() }], _tally.Take());
        Assert.Empty(_tally.Take());
    }

    [Fact]
    public void Of_many_refusals_some_are_there_and_the_others_are_counted_and_take_nobody_elses_room()
    {
        for (var i = 0; i < 100_000; i++)
        {
            _tally.Add(Refused($"10.0.{i / 256}.{i % 256}"));
        }

        _tally.Add(Write("In"));
        var taken = _tally.Take();

        Assert.Equal(AuditTally.MostRefusals + 2, taken.Count);
        Assert.Equal(100_000 - AuditTally.MostRefusals, Assert.Single(taken, record => record.Action == AuditTally.Dropped).Count);
        Assert.Single(taken, record => record.Kind is AuditKind.Submission);
        _tally.Add(Refused("10.1.0.0"));
        Assert.Equal("10.1.0.0", Assert.Single(_tally.Take()).From);
    }

    [Fact]
    public void What_is_more_than_a_moment_may_have_is_counted()
    {
        for (var i = 0; i < AuditTally.Most + 500; i++)
        {
            _tally.Add(Write($"{i}"));
        }

        Assert.Equal(500, Assert.Single(_tally.Take(), record => record.Action == AuditTally.Dropped).Count);
    }

    private static AuditRecord Write(string target) => new() { At = default, Kind = AuditKind.Submission, Action = "writeItems", Actor = "key-1", Target = target, Status = 200 };

    private static AuditRecord Refused(string from) => new() { At = default, Kind = AuditKind.Refusal, Action = "listKeys", From = from, Status = 401 };
}
