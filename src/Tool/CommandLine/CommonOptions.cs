using System.CommandLine;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.CommandLine;

/// <summary>Options and arguments that several commands take.</summary>
internal static class CommonOptions
{
    public const string DefaultServer = "http://127.0.0.1:5080";
    private const string ServerVariable = "BLUEEDGE_SERVER";

    public static Option<Uri> Server { get; } = new("--server", "-s")
    {
        Description = $"The server's address; {ServerVariable} unless given, else {DefaultServer}.",
        HelpName = "URL",
        Recursive = true,
        DefaultValueFactory = result => ServerAddress.Parse(Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } set ? set : DefaultServer, result),
        CustomParser = result => ServerAddress.Parse(result.Tokens[0].Value, result),
    };

    public static Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "The longest that the command may take: seconds, or 500ms, 90s, 5m, 2h. Without it waits have no end, and what is unavailable is tried for 30 seconds.",
        HelpName = "TIME",
        Recursive = true,
        CustomParser = Durations.Parse,
    };

    public static Option<string> Output { get; } = new Option<string>("--output", "-o")
    {
        Description = "How data are written to stdout: table, json, or jsonl, one JSON a line.",
        HelpName = "table|json|jsonl",
        Recursive = true,
        DefaultValueFactory = _ => Printer.Table,
    }.AcceptOnlyFromAmong(Printer.Table, Printer.Json, Printer.JsonLines);

    public static Argument<string> SessionId() => new("ID") { Description = "The session's id." };
}
