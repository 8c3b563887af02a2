using System.ComponentModel;
using System.Diagnostics;

namespace BlueEdge.Samples.Documents.Processes;

internal static class ToolProcess
{
    /// <summary>Runs a tool to its end. Cancelling kills it and all that it started before the call returns.</summary>
    public static async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(command);
        var input = FeedAsync(process, command.Input);
        var output = ReadAllAsync(process.StandardOutput.BaseStream);
        var error = BoundedText.ReadAsync(process.StandardError);
        try
        {
            await Task.WhenAll(input, output, error, process.WaitForExitAsync(cancellationToken))
                .WaitAsync(cancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }

    private static Process Start(ToolCommand command)
    {
        var info = new ProcessStartInfo(command.Program, command.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            return Process.Start(info) ?? throw new InvalidOperationException($"{command.Program} did not start.");
        }
        catch (Win32Exception exception)
        {
            throw new DocumentException(
                $"The program {command.Program} cannot be started on this machine ({exception.Message}). "
                + $"Install it with: apt-get install {command.Package}",
                exception);
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

    private static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
