using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting;

/// <summary>Runs the host, and says in one line why it could not start where its user can change that.</summary>
internal static class StartUp
{
    /// <returns>The process's exit code: 0 after a clean end, 1 where it could not start.</returns>
    public static async Task<int> RunAsync(Func<Task> host)
    {
        try
        {
            await host();
            return 0;
        }
        catch (Exception error) when (Explain(error) is { } explanation)
        {
            await Console.Error.WriteLineAsync(explanation);
            return 1;
        }
    }

    /// <summary>Runs the host until it is told to stop, and stops what has started already where the rest cannot start.</summary>
    /// <param name="app">The host.</param>
    /// <param name="needsRedis">Whether it cannot start before the cluster's Redis answers, if it has one; it waits then.</param>
    public static async Task RunUntilStoppedAsync(this WebApplication app, bool needsRedis = true)
    {
        // The host does it too, but reports faults as errors of its own.
        app.Services.GetService<IStartupValidator>()?.Validate();
        if (needsRedis && !await WaitingRoom.WaitAsync(app))
        {
            return;
        }

        try
        {
            await app.StartAsync();
        }
        catch
        {
            // A silo that is not stopped never lets go of its container.
            await app.StopAsync();
            throw;
        }

        await app.WaitForShutdownAsync();
    }

    private static string? Explain(Exception error) => error switch
    {
        BlueEdgeException => error.Message,
        OptionsValidationException invalid => $"The settings make no sense: {string.Join(' ', invalid.Failures)}",
        IOException { InnerException: AddressInUseException } =>
            $"{error.Message} Stop what listens there, or set ASPNETCORE_URLS to another address.",
        _ => null,
    };
}
