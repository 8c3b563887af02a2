using BlueEdge.Tool.CommandLine;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Development;

/// <summary>Says once that the program takes sessions, and where.</summary>
internal sealed class DevReadiness(ToolCall call)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Another process has no event to wait for: it is asked until it says yes.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!await IsReadyAsync(cancellationToken))
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }

            Notes.Say($"ready: {call.Server} takes sessions, and {call.Server}docs describes its API. Ctrl-C ends it.");
        }
        catch (OperationCanceledException)
        {
            // It ended before.
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await call.Api.Connection.ProbeAsync("health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
