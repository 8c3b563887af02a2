using System.Diagnostics;
using BlueEdge;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace Words;

/// <summary>Sorts the lines of a text file with a program of the system.</summary>
[Engine("sort", Slots = 2)]
[Input("Text", ChannelType.File)]
[Output("Sorted", ChannelType.File)]
public sealed class SortEngine : EngineGrain
{
    protected override async ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken)
    {
        var from = Path.Combine(Session.TemporaryFolder, "in.txt");
        var to = Path.Combine(Session.TemporaryFolder, "out.txt");
        await using (var file = File.Create(from))
        await using (var content = await input.OpenAsync(cancellationToken))
        {
            await content.CopyToAsync(file, cancellationToken);
        }

        await RunAsync("sort", ["-o", to, from], cancellationToken);

        await using var sorted = File.OpenRead(to);
        await Output("Sorted").WriteAsync(sorted, "text/plain", cancellationToken);
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(program, arguments);
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new BlueEdgeException($"{program} ended with exit code {process.ExitCode}.");
        }
    }
}
