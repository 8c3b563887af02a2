using BlueEdge.Tool.CommandLine;
using Spectre.Console;

namespace BlueEdge.Tool.Output;

/// <summary>What is said to people: all of it goes to stderr, so that stdout has data only.</summary>
internal static class Notes
{
    public static void Say(string text) => Console.Error.WriteLine(text);

    public static void Warn(string text) => Tell("yellow", "warning", text);

    public static void Error(string text) => Tell("red", "error", text);

    public static void Error(ToolException exception)
    {
        Error(exception.Message);
        // One fault is the message.
        foreach (var fault in exception.Faults.Count > 1 ? exception.Faults : [])
        {
            Say($"  {fault.Pointer}  {fault.Code}  {fault.Message}");
        }

        if (exception.FurtherFaults > 0)
        {
            Say($"  and {exception.FurtherFaults} more");
        }
    }

    private static void Tell(string colour, string kind, string text)
    {
        if (Console.IsErrorRedirected)
        {
            Say($"{kind}: {text}");
        }
        else
        {
            Terminal.Error().MarkupLine($"[{colour}]{kind}:[/] {Markup.Escape(text)}");
        }
    }
}
