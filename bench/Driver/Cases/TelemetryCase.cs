using BlueEdge.Driver.Measuring;
using BlueEdge.Driver.Processes;
using BlueEdge.Driver.Reports;
using BlueEdge.Driver.Subjects;

namespace BlueEdge.Driver.Cases;

/// <summary>What it costs to be seen.</summary>
internal sealed class TelemetryCase : ICase
{
    /// <summary>Seconds of a turn: short, and many, for what is looked for is smaller than what a machine does to a turn.</summary>
    private const double Seconds = 0.8;

    public string Name => "telemetry";

    public string Description =>
        "Sessions as in `sessions`, at 50 in flight, of a process that exports metrics, logs and traces, sampled at the default rate; "
        + "against one that exports nothing, and against one that samples no trace.";

    public async Task<IReadOnlyList<Figure>> RunAsync(Workplace place)
    {
        var collector = place.Add(Collector.Start());
        (string, string)[] exports = [("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")];
        var silent = await place.StartRelaysAsync("silent");
        var sampling = await place.StartRelaysAsync("sampling", exports);
        var untraced = await place.StartRelaysAsync("untraced", [.. exports, ("OTEL_TRACES_SAMPLER", "always_off")]);
        var rounds = place.IsQuick ? 60 : 240;
        var turns = await place.TakeTurnsAsync(50, rounds, warmUp: 0.1, Seconds, silent, sampling, untraced);
        if (collector.Of("/v1/traces") == 0 || collector.Of("/v1/metrics") == 0)
        {
            throw new BenchException("Nothing was exported, so its cost cannot be told.");
        }

        place.Notes.Add(FormattableString.Invariant(
            $"{rounds} turns of {Seconds} s each. Exports: {collector.Of("/v1/traces")} of traces, {collector.Of("/v1/logs")} of logs, {collector.Of("/v1/metrics")} of metrics, {collector.Bytes / 1e6:N1} MB."));
        return
        [
            Figure.Of("sessions/s, against one that exports nothing", new(0.98, IsAtLeast: true), Rates(turns[sampling]), Rates(turns[silent])),
            Figure.Of("sessions/s, against one that samples no trace", new(0.98, IsAtLeast: true), Rates(turns[sampling]), Rates(turns[untraced])),
            Figure.Of("processor ms a session, against one that exports nothing", null, Cpu(turns[sampling]), Cpu(turns[silent])),
            Figure.Of("processor ms a session, against one that samples no trace", null, Cpu(turns[sampling]), Cpu(turns[untraced])),
        ];
    }

    private static IEnumerable<double> Rates(IEnumerable<Turn> turns) => turns.Select(turn => turn.Load.PerSecond);

    private static IEnumerable<double> Cpu(IEnumerable<Turn> turns) => turns.Select(turn => turn.CpuMillisecondsEach);
}
