using BlueEdge.Clustering;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting;

/// <summary>Runs the host, and says in one line why it could not start: mostly its user can change that.</summary>
public static partial class StartUp
{
    private const string BeforeStart = "it was told to before it had started";

    /// <returns>The process's exit code: 0 after a clean end, 1 where it could not start.</returns>
    public static async Task<int> RunAsync(Func<Task> host)
    {
        try
        {
            await host();
            return 0;
        }
        catch (Exception error) when (!StartPhase.IsOver)
        {
            await Console.Error.WriteLineAsync(StartFault.Describe(error));
            return 1;
        }
    }

    /// <summary>Runs the host until it is told to stop, and stops what has started already where the rest cannot start.</summary>
    public static async Task RunUntilStoppedAsync(this WebApplication app)
    {
        // The host does it too, but reports faults as errors of its own.
        app.Services.GetService<IStartupValidator>()?.Validate();
        var process = app.Services.GetRequiredService<ProcessDescription>();
        LogStarting(
            app.Logger,
            app.Environment.ApplicationName,
            ProcessDescription.Version ?? "of no version",
            Environment.ProcessId,
            process.Mode,
            string.Join(", ", ListenAddresses.Of(app.Configuration).Select(address => address.Text)),
            process.DataPath is { } data ? $"data in {Path.GetFullPath(data)}" : "no data of its own");
        foreach (var notice in process.Notices)
        {
            LogNotice(app.Logger, notice);
        }

        foreach (var (path, nearest) in app.Services.GetRequiredService<UnknownSettings>().In(app.Configuration))
        {
            LogUnknown(app.Logger, path, nearest);
        }

        if (!await WaitingRoom.WaitAsync(app))
        {
            LogStopping(app.Logger, BeforeStart);
            return;
        }

        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // No fault: a gateway waits for its cluster in its start.
            LogStopping(app.Logger, BeforeStart);
            await app.StopAsync();
            return;
        }
        catch (Exception error)
        {
            // A silo that is not stopped never lets go of its container. What fails the start says more than what fails after it.
            await app.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (FindMissed(app, error) is { } need)
            {
                // A logger would write it a moment later, when this program is no more.
                await Console.Error.WriteLineAsync($"What this process needs, {need.Name}, went in the middle of its start; it begins anew and waits for it: {StartFault.Describe(error)}");
                ProcessAnew.Begin();
            }

            throw;
        }

        StartPhase.End();

        // After the host's own, and so heard before it stops.
        using StopSignals signals = new();
        app.Lifetime.ApplicationStopping.Register(() => LogStopping(app.Logger, signals.Reason));
        await app.WaitForShutdownAsync();
        LogStopped(app.Logger);
    }

    private static IStartNeed? FindMissed(WebApplication app, Exception error)
    {
        for (Exception? cause = error; cause is not null; cause = cause.InnerException)
        {
            if (app.Services.GetServices<IStartNeed>().FirstOrDefault(need => need.WasMissed(cause)) is { } missed)
            {
                return missed;
            }
        }

        return null;
    }

    [LoggerMessage(LogLevel.Information, "{Program} {Version} starts as process {ProcessId}, mode {Mode}, to listen on {Addresses}, {Data}")]
    private static partial void LogStarting(ILogger logger, string program, string version, int processId, string mode, string addresses, string data);

    [LoggerMessage(LogLevel.Information, "The process stops: {Reason}")]
    private static partial void LogStopping(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "The process has stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "{Notice}")]
    private static partial void LogNotice(ILogger logger, string notice);

    [LoggerMessage(LogLevel.Warning, "Nothing reads the setting {Path}. Is {Nearest} meant?")]
    private static partial void LogUnknown(ILogger logger, string path, string nearest);
}
