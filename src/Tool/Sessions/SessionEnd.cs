using BlueEdge.Tool.Api;
using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Sessions;

/// <summary>How a session ended.</summary>
internal static class SessionEnd
{
    public static int ExitCode(SessionInfo session) => session.Process.Status switch
    {
        "finished" => ExitCodes.Finished,
        "failed" => ExitCodes.Failed,
        _ => ExitCodes.Canceled,
    };

    /// <summary>Says what warnings there were, and what engines failed with.</summary>
    public static void Tell(SessionInfo session)
    {
        TellWarnings(session.Warnings);
        foreach (var node in session.Process.Engines.Where(node => node is { Status: "failed", Error: not null }))
        {
            Notes.Error($"{node.Name}: {node.Error}");
        }
    }

    public static void TellWarnings(IEnumerable<WarningInfo> warnings)
    {
        foreach (var warning in warnings)
        {
            Notes.Warn(warning.Node is null ? warning.Message : $"{warning.Node}: {warning.Message}");
        }
    }
}
