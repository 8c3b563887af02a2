namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>The model against what a real control plane with KEDA did; scripts/scaling-timeline records it anew.</summary>
public sealed class RecordedTests
{
    public static TheoryData<string> Traces =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Recorded")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task The_model_has_the_numbers_that_were_seen(string trace) => Assert.Empty((await ReadAsync(trace)).DiffersFrom(RecordedTrace.Settings));

    [Theory]
    [MemberData(nameof(Traces))]
    public async Task One_with_another_quiet_time_has_not(string trace) => Assert.NotEmpty(
        (await ReadAsync(trace)).DiffersFrom(RecordedTrace.Settings with { DownWindow = TimeSpan.FromSeconds(30), Cooldown = TimeSpan.FromSeconds(30) }));

    private static async Task<RecordedTrace> ReadAsync(string trace) =>
        RecordedTrace.Read(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Recorded", $"{trace}.md"), TestContext.Current.CancellationToken));
}
