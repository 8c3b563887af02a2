using System.Globalization;
using System.Text;
using BlueEdge.Soak.Checks;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Reports;

/// <summary>What a run did and found, for people.</summary>
internal sealed class Report(SoakHistory history, IReadOnlyList<Violation> violations, SoakOptions options)
{
    /// <summary>Of each check so many violations are told in full; the others are like them.</summary>
    private const int MostOfACheck = 10;
    private const int MostOfMessage = 700;
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(30);

    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, $"== {(options.IsEmbedded ? "embedded" : "cluster")}, seed {options.Seed}, {history.Ended.TotalSeconds:0} s");
        if (!options.IsEmbedded && !history.Parts.Contains("kafka"))
        {
            Line(text, $"no Kafka was found: items went straight from host to host, and its faults are left out");
        }

        Line(text, $"faults: {Counts(history.Outages.Select(outage => $"{outage.Fault} {outage.Role}"))}");
        WriteSessions(text);
        WriteGaps(text);
        Line(text, $"answers: {Counts(history.Calls.Select(call => call.Code == 0 ? "none" : call.Code.ToString(CultureInfo.InvariantCulture)))}");
        Line(text, $"most memory: {string.Join(", ", history.Memory.GroupBy(sample => sample.Part).OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => $"{part.Key} {part.Max(sample => sample.Bytes) >> 20} MB"))}");
        Line(text, $"log lines at Error: {history.Log.Length}");
        WriteViolations(text);
        Line(text, $"== {(violations.Count == 0 ? "no violation" : $"{violations.Count} violations; logs and this report are in {options.Folder}")} (seed {options.Seed})");
        return text.ToString();
    }

    private void WriteSessions(StringBuilder text)
    {
        var accepted = SessionsOf.Accepted(history).ToDictionary(session => session.Plan.Number, session => SessionsOf.FirstEnd(session.Readings)?.View);
        foreach (var kind in history.Sessions.GroupBy(session => session.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var ends = kind.Select(session => accepted.TryGetValue(session.Number, out var end) ? end?.Status ?? "no end" : "not accepted");
            var again = kind.Sum(session => accepted.GetValueOrDefault(session.Number)?.FormerReasons.Length ?? 0);
            Line(text, $"sessions: {kind.Key,-12} {kind.Count(),5}: {Counts(ends)}{(again > 0 ? $"; attempts that were lost or failed: {again}" : "")}");
        }
    }

    private void WriteGaps(StringBuilder text)
    {
        foreach (var kind in Gaps.Find(history).GroupBy(gap => gap.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var lengths = kind.Select(gap => gap.Length.TotalSeconds).Order().ToList();
            Line(text, $"gap after {kind.Key,-22} p50 {lengths[lengths.Count / 2],5:0.0} s, most {lengths[^1],5:0.0} s");
        }
    }

    private void WriteViolations(StringBuilder text)
    {
        foreach (var check in violations.GroupBy(violation => violation.Check))
        {
            Line(text, $"-- {check.Key}: {check.Count()} violations");
            foreach (var violation in check.Take(MostOfACheck))
            {
                Write(text, violation);
            }
        }
    }

    private void Write(StringBuilder text, Violation violation)
    {
        var plan = violation.Session is { } number ? history.Sessions[number] : null;
        Line(text, $"* {violation.At.TotalSeconds:0.0} s ({(history.Began + violation.At).UtcDateTime:HH:mm:ss}) {(plan is null ? "" : $"#{plan.Number} {plan.Kind}{(plan.Retries > 0 ? " with retries" : "")}{(plan.Key is null ? "" : " with a key")} ")}{violation.SessionId}");
        Line(text, $"  {(violation.Message.Length > MostOfMessage ? violation.Message[..MostOfMessage] + "…" : violation.Message)}");
        foreach (var submission in history.Submissions.Where(submission => submission.Session == violation.Session).Take(5))
        {
            Line(text, $"  sent to {submission.Gateway} {submission.Began.TotalSeconds:0.0}-{submission.Ended.TotalSeconds:0.0} s: {submission.Code} {submission.SessionId}");
        }

        foreach (var outage in history.Outages.Where(outage => outage.Touches(violation.At - Around, violation.At, TimeSpan.Zero)).OrderBy(outage => outage.Began).Take(8))
        {
            Line(text, $"  around it: {outage}");
        }
    }

    private static string Counts(IEnumerable<string> names) =>
        string.Join(", ", names.CountBy(name => name).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
