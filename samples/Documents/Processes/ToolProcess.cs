using System.Diagnostics;
using BlueEdge.Samples.Tools;

namespace BlueEdge.Samples.Documents.Processes;

internal static class ToolProcess
{
    /// <summary>
    /// Runs a tool to its end, or to its limits. Cancelling kills it and all that it started before the call returns.
    /// </summary>
    /// <exception cref="DocumentException">The program is not there.</exception>
    public static async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = await StartAsync(command);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(command.Limits.Seconds));
        var input = FeedAsync(process, command.Input);
        var output = BoundedOutput.ReadAsync(process.StandardOutput.BaseStream, DocumentLimits.OutputMegabytes * 1024 * 1024, limit);
        var error = BoundedText.ReadAsync(process.StandardError);
        try
        {
            await Task.WhenAll(input, output, error, process.WaitForExitAsync(limit.Token)).WaitAsync(limit.Token);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            if (cancellationToken.IsCancellationRequested || !limit.IsCancellationRequested)
            {
                throw;
            }

            var read = await output;
            return new ToolResult(read is null ? ToolEnd.OutOfOutput : ToolEnd.OutOfTime, process.ExitCode, default, await error);
        }

        return new ToolResult(ToolEnd.Exited, process.ExitCode, await output ?? default, await error);
    }

    private static async Task<Process> StartAsync(ToolCommand command)
    {
        try
        {
            return await ToolLauncher.StartAsync(command);
        }
        catch (ToolException error)
        {
            throw new DocumentException(error.Message, error);
        }
    }

    private static async Task FeedAsync(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            await using var stream = process.StandardInput.BaseStream;
            await stream.WriteAsync(input);
        }
        catch (IOException)
        {
            // The tool ended, or closed its input, before it had read everything: its exit code tells the reason.
        }
    }
}
