using System.Text.RegularExpressions;
using BlueEdge.Soak.Checks;
using BlueEdge.Soak.Faults;
using BlueEdge.Soak.History;
using BlueEdge.Soak.Load;
using BlueEdge.Soak.Parts;
using BlueEdge.Soak.Reports;

namespace BlueEdge.Soak;

/// <summary>One run: the parts are started, load and faults go on for a while, all comes to rest, and the checks judge what was seen.</summary>
internal sealed partial class SoakRun(SoakOptions options, IParts parts)
{
    /// <summary>How long sessions may still take when no fault comes any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [GeneratedRegex(@"^\S+ \S+ (fail|crit): |^Unhandled exception|^Fatal error", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Error { get; }

    /// <summary>Whether nothing was violated.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Tell($"seed {options.Seed}, {options.Minutes:0.##} minutes, {options.Rate} sessions a second, in {options.Folder}");
        await parts.UpAsync();
        var journal = new Journal(options.Limits);
        var length = TimeSpan.FromMinutes(options.Minutes);
        var plan = options switch
        {
            { IsCalm: true } => [],
            { Former: not null } => UpdatePlan.Create(length, parts.Names, options.UpdateOrder),
            _ => FaultPlan.Create(options.Seed, length, parts.Names),
        };
        Tell($"parts: {string.Join(' ', parts.Names)}. Faults planned:");
        foreach (var fault in plan)
        {
            Tell(fault.ToString());
        }

        var gateways = parts.Gateways.Select(gateway => new GatewayClient(gateway.Key, gateway.Value, journal)).ToList();
        SoakHistory history;
        try
        {
            var load = new LoadRunner(gateways, journal, options.Seed, options.Rate);
            var faults = new FaultRunner(parts, journal, message => Tell($"{journal.Now.TotalSeconds,7:0.0} s  {message}"));
            await Task.WhenAll(load.RunAsync(length, cancellationToken), faults.RunAsync(plan, cancellationToken));
            Tell($"{journal.Now.TotalSeconds,7:0.0} s  no more faults, no more load");
            var open = await load.EndAsync(Patience);
            Tell($"{journal.Now.TotalSeconds,7:0.0} s  {(open == 0 ? "all has ended" : $"{open} have not ended")}");
            var rest = await new RestReader(gateways, parts, journal, options.Limits.Retention).ReadAsync(cancellationToken);
            history = journal.ToHistory(parts.Names, parts.Names.SelectMany(ReadErrors), rest);
        }
        finally
        {
            gateways.ForEach(gateway => gateway.Dispose());
            await parts.DownAsync();
        }

        var violations = AllChecks.Find(history);
        var report = new Report(history, violations, options).ToString();
        await File.WriteAllTextAsync(Path.Combine(options.Folder, "report.txt"), report, CancellationToken.None);
        Console.Write(report);
        return violations.Count == 0;
    }

    private static void Tell(string message) => Console.WriteLine(message);

    private IEnumerable<LogLine> ReadErrors(string part) => File.ReadLines(parts.LogOf(part))
        .Select((text, index) => new LogLine(part, index + 1, text))
        .Where(line => line.Part is not ("redis" or "kafka") && Error.IsMatch(line.Text));
}
