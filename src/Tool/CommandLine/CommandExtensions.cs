using System.CommandLine;
using BlueEdge.Tool.Api;

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
            catch (Exception exception) when (exception is HttpIOException or HttpRequestException)
            {
                throw Answers.Unreachable(call.Server, exception);
            }
        });
        return command;
    }
}
