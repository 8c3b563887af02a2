using System.Diagnostics.Metrics;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Streams;
using BlueEdge.Sessions.Events;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Grains.Tests.Sessions.Streams;

/// <summary>What a silo has to write to the stream of session events.</summary>
public sealed class SessionStreamBufferTests : IDisposable
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _services.Dispose();

    /// <summary>Whenever changes come and are taken: they are in order, and where some were left out since the last time stands a gap.</summary>
    [Fact]
    public Task What_is_left_out_has_a_gap_in_its_place() => Gen.Int[1, 120].Array[1, 20].SampleAsync(async counts =>
    {
        var buffer = Create(bytes: 16 * 1024);
        long last = 0;
        foreach (var count in counts)
        {
            var next = last + 1;
            for (var added = 0; added < count; added++)
            {
                Add(buffer, ++last);
            }

            var isCovered = false;
            foreach (var one in await TakeAsync(buffer))
            {
                Assert.True(one.Gap is not null || one.Number == next || (isCovered && one.Number > next), $"Number {one.Number} came for {next}.");
                isCovered = one.Gap is not null;
                next = isCovered ? next : one.Number + 1;
            }

            Assert.True(isCovered || next == last + 1, $"Number {next} of {last} was left out.");
        }
    });

    [Fact]
    public async Task What_finds_no_room_is_counted()
    {
        long dropped = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Name is "blueedge.session_streams.dropped" && ReferenceEquals(instrument.Meter.Scope, _services.GetRequiredService<IMeterFactory>()))
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref dropped, count));
        listener.Start();
        var buffer = Create(bytes: 16 * 1024);

        for (var number = 1; number <= 100; number++)
        {
            Add(buffer, number);
        }

        var taken = await TakeAsync(buffer);
        Assert.Equal(100 - dropped, taken.Count - 1);
        Assert.InRange(dropped, 1, 99);
        Assert.NotNull(taken[^1].Gap);
    }

    [Fact]
    public async Task What_was_taken_holds_its_room_until_more_is_asked_for()
    {
        var buffer = Create(bytes: 16 * 1024);
        for (var number = 1; number <= 100; number++)
        {
            Add(buffer, number);
        }

        var full = await TakeAsync(buffer);
        Add(buffer, 101);
        var gap = await TakeAsync(buffer);
        Add(buffer, 102);
        var next = await TakeAsync(buffer);

        Assert.NotNull(full[^1].Gap);
        Assert.NotNull(Assert.Single(gap).Gap);
        Assert.Equal(102, Assert.Single(next).Number);
    }

    [Fact]
    public async Task A_change_that_is_too_large_is_left_out_and_holds_up_no_others()
    {
        var buffer = Create(bytes: 1024 * 1024);

        Add(buffer, 1, new string('x', SessionStreamBuffer.MostEventBytes));
        Add(buffer, 2);

        var taken = await TakeAsync(buffer);
        Assert.Equal([(0L, true), (2L, false)], taken.Select(one => (one.Number, one.Gap is not null)));
    }

    [Fact]
    public async Task Where_nothing_comes_the_silo_says_that_it_is_there_and_nothing_once_it_stops()
    {
        var buffer = Create(bytes: 16 * 1024);
        using CancellationTokenSource stopping = new();

        var taking = buffer.TakeAsync(Pulse, stopping.Token);
        _clock.Advance(Pulse);
        var there = Assert.Single(await taking);
        taking = buffer.TakeAsync(Pulse, stopping.Token);
        await stopping.CancelAsync();

        Assert.Equal(("silo", null, null, 0L), (there.Silo, there.Gap, there.SessionId, there.Number));
        Assert.Empty(await taking);
    }

    /// <summary>What waits; nothing else would come on this clock.</summary>
    private static Task<IReadOnlyList<SessionStreamEvent>> TakeAsync(SessionStreamBuffer buffer) => buffer.TakeAsync(Pulse, Ct).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);

    private static void Add(SessionStreamBuffer buffer, long number, string? reason = null) => buffer.Add(
        "s", number, new SessionState(), [new() { Number = 0, At = default, Epoch = 1, Kind = SessionEventKind.StatusChanged, Reason = reason }]);

    private SessionStreamBuffer Create(long bytes) => new("silo", bytes, new(_services.GetRequiredService<IMeterFactory>()), _clock);
}
