using BlueEdge.Bench.Parcels;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Measuring;

/// <summary>Has ways of moving parcels take turns with the same order.</summary>
internal static class ParcelTurns
{
    /// <summary>Warms each up, then runs the rounds, each in the opposite order of the last.</summary>
    /// <returns>For each subject its turns in order.</returns>
    public static async Task<IReadOnlyDictionary<ParcelSubject, IReadOnlyList<ParcelTurn>>> TakeTurnsAsync(
        this Workplace place, ParcelOrder warmUp, ParcelOrder order, params ParcelSubject[] subjects)
    {
        var turns = subjects.ToDictionary(subject => subject, _ => new List<ParcelTurn>());
        foreach (var subject in subjects)
        {
            Workplace.Say($"{subject.Name}, {order.Bytes} bytes: warming up");
            await subject.RunAsync(warmUp);
        }

        for (var round = 0; round < place.Rounds; round++)
        {
            foreach (var subject in round % 2 == 0 ? subjects : subjects.Reverse())
            {
                var turn = await subject.RunAsync(order);
                turns[subject].Add(turn);
                Workplace.Say(FormattableString.Invariant(
                    $"{subject.Name}, {order.Bytes} bytes, round {round + 1}: {turn.Report.PerSecond:N0}/s, p50 {turn.Report.P50:N1} ms, p99 {turn.Report.P99:N1} ms, {turn.CpuMillisecondsEach:N4} ms CPU each"));
            }
        }

        return turns.ToDictionary(each => each.Key, each => (IReadOnlyList<ParcelTurn>)each.Value);
    }
}
