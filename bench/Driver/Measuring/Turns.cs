using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Subjects;
using BlueEdge.Load;

namespace BlueEdge.Driver.Measuring;

/// <summary>Has subjects take turns on the machine, so that what else it does strikes all alike.</summary>
internal static class Turns
{
    /// <summary>Warms each up, then runs the rounds, each in the opposite order of the last.</summary>
    /// <returns>For each subject its turns in order.</returns>
    public static Task<IReadOnlyDictionary<Subject, IReadOnlyList<Turn>>> TakeTurnsAsync(this Workplace place, int inFlight, params Subject[] subjects) =>
        place.TakeTurnsAsync(inFlight, place.Rounds, place.WarmUp, place.Seconds, subjects);

    /// <inheritdoc cref="TakeTurnsAsync(Workplace, int, Subject[])"/>
    public static Task<IReadOnlyDictionary<Subject, IReadOnlyList<Turn>>> TakeTurnsAsync(
        this Workplace place, int inFlight, int rounds, double warmUp, double seconds, params Subject[] subjects) =>
        place.TakeTurnsAsync(new LoadRequest(inFlight, warmUp, seconds), rounds, subjects);

    /// <summary>The same at a steady pace.</summary>
    public static Task<IReadOnlyDictionary<Subject, IReadOnlyList<Turn>>> TakePacedTurnsAsync(this Workplace place, int inFlight, double perSecond, params Subject[] subjects) =>
        place.TakeTurnsAsync(new LoadRequest(inFlight, place.WarmUp, place.Seconds, PerSecond: perSecond), place.Rounds, subjects);

    private static async Task<IReadOnlyDictionary<Subject, IReadOnlyList<Turn>>> TakeTurnsAsync(
        this Workplace place, LoadRequest request, int rounds, Subject[] subjects)
    {
        var inFlight = request.InFlight;
        var turns = subjects.ToDictionary(subject => subject, _ => new List<Turn>());
        foreach (var subject in subjects)
        {
            Workplace.Say($"{subject.Name}, {inFlight} in flight: warming up");

            // The very first answers can take longer than the warm-up.
            await subject.RunAsync(new(inFlight, 0, 0, Count: 2 * inFlight));
            await subject.RunAsync(request with { WarmUp = 0, Seconds = subject.Processes * place.FirstWarmUp });
        }

        for (var round = 0; round < rounds; round++)
        {
            foreach (var subject in round % 2 == 0 ? subjects : subjects.Reverse())
            {
                var turn = await subject.RunAsync(request);
                turns[subject].Add(turn);
                Workplace.Say(FormattableString.Invariant(
                    $"{subject.Name}, {inFlight} in flight, round {round + 1}: {turn.Load.PerSecond:N0}/s, p50 {turn.Load.P50:N2} ms, p99 {turn.Load.P99:N2} ms"));
            }
        }

        return turns.ToDictionary(each => each.Key, each => (IReadOnlyList<Turn>)each.Value);
    }
}
