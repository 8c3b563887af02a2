using System.Globalization;
using System.Text.Json;

namespace Streaming.Kafka;

/// <summary>Runs both ways in turns on the same broker, so that what else the machine does strikes both alike.</summary>
internal sealed class Comparison(ISubject ours, ISubject raw, int rounds)
{
    private const long InFlightBytes = 32L * 1024 * 1024;
    private static readonly TimeProvider Clock = TimeProvider.System;

    public async Task RunAsync(TextWriter output)
    {
        // The first messages meet cold code, and the first of an idempotent producer waits for its id.
        await RateAsync(ours, 20_000, 1024);
        await RateAsync(raw, 20_000, 1024);

        List<Figure> figures =
        [
            await CompareAsync("1 KB messages/s", 0.6, isAtLeast: true, subject => RateAsync(subject, 100_000, 1024)),
            await CompareAsync("256 KB MB/s", 0.9, isAtLeast: true, async subject => await RateAsync(subject, 600, 256 * 1024) * 256 / 1024),
        ];
        var p99 = new Dictionary<ISubject, List<double>> { [ours] = [], [raw] = [] };
        figures.Add(await CompareAsync("1 KB latency p50 ms", 1.5, isAtLeast: false, async subject =>
        {
            await PaceAsync(subject, messages: 600, aSecond: 200);
            p99[subject].Add(subject.Arrivals.Percentile(0.99));
            return subject.Arrivals.Percentile(0.5);
        }));
        figures.Add(Figure.Of("1 KB latency p99 ms", null, isAtLeast: false, p99[ours], p99[raw]));

        output.WriteLine($"| {rounds} rounds in turns, medians | Streams | Client alone | Ratio | Goal | Spread of the ratio |");
        output.WriteLine("|---|---:|---:|---:|---:|---|");
        foreach (var figure in figures)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {figure.Case} | {figure.Ours:N1} | {figure.Peer:N1} | {figure.Ratio:N2} | {figure.GoalText} | {figure.Spread[0]:N2} to {figure.Spread[1]:N2} |"));
        }

        figures.ForEach(figure => output.WriteLine(JsonSerializer.Serialize(figure, JsonSerializerOptions.Web)));
    }

    private async Task<Figure> CompareAsync(string name, double goal, bool isAtLeast, Func<ISubject, Task<double>> measure)
    {
        List<double> mine = [], theirs = [];
        for (var round = 0; round < rounds; round++)
        {
            GC.Collect();
            mine.Add(await measure(ours));
            GC.Collect();
            theirs.Add(await measure(raw));
        }

        return Figure.Of(name, goal, isAtLeast, mine, theirs);
    }

    /// <summary>Messages a second from the first that is sent to the last that arrives.</summary>
    private static async Task<double> RateAsync(ISubject subject, int messages, int size)
    {
        var began = Clock.GetTimestamp();
        var arrived = subject.Arrivals.Expect(messages);
        var most = (int)(InFlightBytes / size);
        var sent = new Queue<Task>();
        for (var i = 0; i < messages; i++)
        {
            if (sent.Count >= most)
            {
                await sent.Dequeue();
            }

            sent.Enqueue(subject.SendAsync(Arrivals.Stamp(new byte[size])));
        }

        await Task.WhenAll(sent);
        await arrived;
        return messages / Clock.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Sends at a modest rate.</summary>
    private static async Task PaceAsync(ISubject subject, int messages, int aSecond)
    {
        var arrived = subject.Arrivals.Expect(messages);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / aSecond), Clock);
        for (var i = 0; i < messages; i++)
        {
            await timer.WaitForNextTickAsync();
            _ = subject.SendAsync(Arrivals.Stamp(new byte[1024]));
        }

        await arrived;
    }
}
