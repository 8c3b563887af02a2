using System.CommandLine;
using BlueEdge.Tool.Completion;
using BlueEdge.Tool.Development;
using BlueEdge.Tool.Diagnosis;
using BlueEdge.Tool.Engines;
using BlueEdge.Tool.Results;
using BlueEdge.Tool.Sessions;
using BlueEdge.Tool.Webhooks;

namespace BlueEdge.Tool.CommandLine;

/// <summary>The command itself: its subcommands, and the options that all of them take.</summary>
internal static class ToolCommand
{
    public static RootCommand Create() => new("Runs DAGs of processing engines: submits sessions to a BlueEdge server, watches them, and reads their results.")
    {
        CommonOptions.Server,
        CommonOptions.Timeout,
        CommonOptions.Output,
        DevCommand.Create(),
        RunCommand.Create(),
        ValidateCommand.Create(),
        ListCommand.Create(),
        GetCommand.Create(),
        WatchCommand.Create(),
        StopCommand.Create(),
        ResultsCommand.Create(),
        WebhooksCommand.Create(),
        EnginesCommand.Create(),
        DoctorCommand.Create(),
        CompletionCommand.Create(),
    };
}
