using BlueEdge.Tool.Api;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Sessions;

/// <summary>A session's way to its end, on stderr: in one line that changes on a terminal, else in a line for each step.</summary>
internal sealed class Progress
{
    private const string ClearLine = "\r\e[K";

    private readonly bool _isLive = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";

    public void Show(SessionInfo session)
    {
        var text = Describe(session);
        if (!_isLive)
        {
            Notes.Say(text);
            return;
        }

        var width = Math.Max(20, Console.WindowWidth - 1);
        Console.Error.Write($"{ClearLine}{(text.Length > width ? text[..width] : text)}");
        if (session.Process.IsOver)
        {
            Console.Error.WriteLine();
        }
    }

    /// <summary>Where it stands, in a line.</summary>
    public static string Describe(SessionInfo session)
    {
        var process = session.Process;
        var detail = process switch
        {
            { Status: "pending", WaitsFor.Count: > 0 } => $"place {process.CurrentPosition} of {process.TotalPending}, waits for {string.Join(", ", process.WaitsFor.Select(Describe))}",
            { Reason: { } reason } => reason,
            _ => string.Join(", ", process.Engines.Select(node => $"{node.Name} {node.Status}")),
        };
        return $"{session.SessionId}  {process.Status}{(process.Attempt > 1 ? $" (attempt {process.Attempt})" : "")}  {detail}";
    }

    private static string Describe(ShortageInfo shortage) =>
        shortage.Instances == 0 ? $"{shortage.Engine} (no instance runs)"
        : shortage.TenantSlots is { } most ? $"{shortage.Engine} (the tenant holds the {most} slots that it may)"
        : shortage.Engine;
}
