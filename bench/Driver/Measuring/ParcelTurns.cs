using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Measuring;

/// <summary>Has BlueEdge and the Kafka client take turns in moving the same parcels.</summary>
internal static class ParcelTurns
{
    /// <param name="place">Where the case runs.</param>
    /// <param name="ours">Moves parcels by sessions of this body.</param>
    /// <param name="body">The session's body.</param>
    /// <param name="peer">Moves the same by the client alone.</param>
    /// <param name="warmUp">What each moves before anything counts.</param>
    /// <param name="order">What each moves in a round.</param>
    /// <returns>The reports of the rounds, in order.</returns>
    /// <exception cref="BenchException">Not everything came.</exception>
    public static async Task<(IReadOnlyList<ParcelReport> Ours, IReadOnlyList<ParcelReport> Peer)> TakeParcelTurnsAsync(
        this Workplace place, TwoHosts ours, string body, KafkaPeer peer, ParcelOrder warmUp, ParcelOrder order)
    {
        List<ParcelReport> mine = [], theirs = [];
        Workplace.Say($"parcels of {order.Bytes} bytes: warming up");
        Check(await ours.MeasureAsync(body, warmUp), warmUp);
        Check(await peer.MeasureAsync(warmUp), warmUp);
        for (var round = 0; round < place.Rounds; round++)
        {
            if (round % 2 == 0)
            {
                mine.Add(Check(await ours.MeasureAsync(body, order), order));
            }

            theirs.Add(Check(await peer.MeasureAsync(order), order));
            if (round % 2 == 1)
            {
                mine.Add(Check(await ours.MeasureAsync(body, order), order));
            }

            Workplace.Say($"round {round + 1}: {Tell("BlueEdge", mine[^1])}; {Tell("Kafka client", theirs[^1])}");
        }

        return (mine, theirs);
    }

    private static ParcelReport Check(ParcelReport report, ParcelOrder order) => report.Items == order.Items && report.Bytes == order.Bytes
        ? report
        : throw new BenchException($"Of {order} this came: {report}");

    private static string Tell(string name, ParcelReport report) =>
        FormattableString.Invariant($"{name} {report.PerSecond:N0}/s, p50 {report.P50:N1} ms, p99 {report.P99:N1} ms");
}
