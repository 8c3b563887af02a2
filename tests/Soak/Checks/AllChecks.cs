using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Checks;

/// <summary>Every promise, each a pure function from a run's history to what broke it.</summary>
internal static class AllChecks
{
    private static readonly Func<SoakHistory, IEnumerable<Violation>>[] Checks =
    [
        OneEndCheck.Find,
        ResultsCheck.Find,
        FailuresCheck.Find,
        FoundCheck.Find,
        SubmissionsCheck.Find,
        AnswersCheck.Find,
        GapsCheck.Find,
        RestCheck.Find,
        ListsCheck.Find,
        KeysCheck.Find,
        MemoryCheck.Find,
        LogsCheck.Find,
        PartsCheck.Find,
    ];

    public static IReadOnlyList<Violation> Find(SoakHistory history) =>
        [.. Checks.SelectMany(check => check(history)).OrderBy(violation => violation.At)];
}
