using BlueEdge.Tool.Api;
using BlueEdge.Tool.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BlueEdge.Tool.Sessions;

/// <summary>Sessions for people.</summary>
internal static class SessionTables
{
    public static void Write(SessionInfo session)
    {
        var process = session.Process;
        List<(string, IRenderable)> facts =
        [
            ("session", new Text(session.SessionId)),
            ("status", Cells.Status(process.Status)),
            ("submitted", new Text(Cells.Time(process.SubmittedAt))),
            ("attempt", new Text($"{process.Attempt}")),
        ];
        if (process.EndedAt is { } ended)
        {
            facts.Add(("ended", new Text($"{Cells.Time(ended)}, after {Cells.Took(process.SubmittedAt, ended)}")));
        }

        if (process.Reason is { } reason)
        {
            facts.Add(("reason", new Text(reason)));
        }

        if (process.WaitsFor.Count > 0)
        {
            facts.Add(("waits for", new Text($"{string.Join(", ", process.WaitsFor.Select(each => each.Engine))}; place {process.CurrentPosition} of {process.TotalPending}")));
        }

        Printer.WriteFacts(facts);
        Printer.WriteText("");
        Printer.WriteTable(
            ["NAME", "ENGINE", "STATUS", "READ", "WRITTEN", "INSTANCE"],
            process.Engines.Select(node => (IRenderable[])
                [new Text(node.Name), new Text(node.Id), Cells.Status(node.Status), new Text($"{node.ItemsRead}"), new Text($"{node.ItemsWritten}"), new Text(node.Instance ?? "")]));
        SessionEnd.Tell(session);
    }

    public static void Write(IEnumerable<SessionInfo> sessions) => Printer.WriteTable(
        ["SESSION", "STATUS", "SUBMITTED", "TOOK", "ENGINES", "REASON"],
        sessions.Select(session => (IRenderable[])
            [
                new Text(session.SessionId),
                Cells.Status(session.Process.Status),
                new Text(Cells.Time(session.Process.SubmittedAt)),
                new Text(Cells.Took(session.Process.SubmittedAt, session.Process.EndedAt)),
                new Text(string.Join(',', session.Process.Engines.Select(node => node.Id).Distinct(StringComparer.Ordinal))),
                new Text(session.Process.Reason?.ReplaceLineEndings(" ") ?? ""),
            ]));
}
