using System.CommandLine;

namespace BlueEdge.Tool.CommandLine;

internal static class CommandExtensions
{
    /// <summary>Says what the command does: it answers with an exit code.</summary>
    public static Command Does(this Command command, Func<ToolCall, Task<int>> action)
    {
        command.SetAction(async (parsed, interrupted) =>
        {
            using var call = new ToolCall(parsed, interrupted);
            try
            {
                return await action(call);
            }
            catch (OperationCanceledException) when (call.Token.IsCancellationRequested)
            {
                throw call.Ended();
            }
        });
        return command;
    }
}
