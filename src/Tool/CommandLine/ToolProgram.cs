using System.CommandLine;
using System.CommandLine.Invocation;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.CommandLine;

/// <summary>From the arguments to the exit code.</summary>
internal static class ToolProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        // '@file' is ours, and stands in values.
        var parsed = ToolCommand.Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return TellUsage(parsed);
        }

        using var interruption = new Interruption();
        try
        {
            return await parsed.InvokeAsync(
                new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, interruption.Token);
        }
        catch (ToolException exception)
        {
            Notes.Error(exception);
            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static int TellUsage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Notes.Error(error.Message);
        }

        List<string> names = [];
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
        {
            names.Insert(0, command.Command.Name);
        }

        Notes.Say($"'{string.Join(' ', names)} --help' says what there is.");
        return ExitCodes.Faults;
    }
}
