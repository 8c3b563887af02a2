using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Hosting;

/// <summary>
/// Where a process stays while something that it cannot start without is away, such as the cluster's Redis: it lives, and is not
/// ready, with the reason.
/// </summary>
internal sealed partial class WaitingRoom(IReadOnlyList<IStartNeed> needs, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>How long the first look may take before the process shows that it lives: a connection may take long to fail.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private volatile IReadOnlyList<(string Name, string Fault)> _faults = [.. needs.Select(need => (need.Name, $"It is asked whether {need.Name} is there."))];
    private string _told = "";

    /// <summary>Returns true once all that the process needs is there, or false where it was told to stop before.</summary>
    public static async Task<bool> WaitAsync(WebApplication app)
    {
        var needs = app.Services.GetServices<IStartNeed>().ToList();
        return needs.Count == 0 || await new WaitingRoom(needs, app.Services.GetRequiredService<TimeProvider>(), app.Logger).WaitAsync(app.Configuration);
    }

    private async Task<bool> WaitAsync(IConfiguration configuration)
    {
        var began = clock.GetTimestamp();

        // Off this thread, for a driver may block while it connects first.
        var look = Task.Run(() => LacksAsync(CancellationToken.None));
        if (await Task.WhenAny(look, Task.Delay(FirstLook, clock)) == look && !await look)
        {
            return true;
        }

        var builder = ProcessBuilder.Create([]);
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var room = builder.Build();
        room.MapGet("/health/live", () => "Healthy");
        room.MapGet("/health/ready", TellReadiness);
        room.MapFallback(Refuse);
        await room.StartAsync();
        try
        {
            while (await look.WaitAsync(room.Lifetime.ApplicationStopping))
            {
                await Task.Delay(Period, clock, room.Lifetime.ApplicationStopping);
                look = LacksAsync(room.Lifetime.ApplicationStopping);
            }

            LogThere(clock.GetElapsedTime(began));
            return true;
        }
        catch (OperationCanceledException) when (room.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            await room.StopAsync();
        }
    }

    private async Task<bool> LacksAsync(CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(needs.Select(async need => (need.Name, Fault: await need.FindFaultAsync(cancellationToken))));
        var faults = found.Where(each => each.Fault is not null).Select(each => (each.Name, each.Fault!)).ToList(); // Those that have one.

        // The words may change with each try, and then say nothing new.
        var lacking = string.Join(' ', faults.Select(fault => fault.Name));
        if (faults.Count > 0 && !string.Equals(lacking, _told, StringComparison.Ordinal))
        {
            LogWaiting(Describe(faults));
        }

        _told = lacking;

        _faults = faults;
        return faults.Count > 0;
    }

    private static string Describe(IEnumerable<(string Name, string Fault)> faults) => string.Join(' ', faults.Select(fault => fault.Fault));

    private ContentHttpResult TellReadiness(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(
            string.Join('\n', _faults.Select(fault => $"{fault.Name}: {fault.Fault}").Prepend("Unhealthy")), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private ProblemHttpResult Refuse(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem($"This process starts, and waits. {Describe(_faults)}", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    [LoggerMessage(LogLevel.Warning, "This process waits, live and not ready, before it starts: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Information, "What this process waited for is there after {Elapsed}; it goes on with its start")]
    private partial void LogThere(TimeSpan elapsed);
}
