using BlueEdge.Clustering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Hosting;

/// <summary>Where a process stays while the cluster's Redis is away: it lives, and is not ready. A silo could not start.</summary>
internal static class WaitingRoom
{
    /// <summary>Returns true once the Redis answers, or false where the process was told to stop before.</summary>
    public static async Task<bool> WaitAsync(WebApplication app)
    {
        if (app.Services.GetService<ClusterRedis>() is not { } redis || await redis.IsThereAsync(CancellationToken.None))
        {
            return true;
        }

        var builder = ProcessBuilder.Create([]);
        builder.Configuration.AddConfiguration(app.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var room = builder.Build();
        room.MapGet("/health/live", () => "Healthy");
        room.MapFallback(Refuse);
        await room.StartAsync();
        try
        {
            await redis.WaitAsync(room.Lifetime.ApplicationStopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            await room.StopAsync();
        }
    }

    private static ProblemHttpResult Refuse(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        return TypedResults.Problem("The cluster's Redis does not answer; this process waits for it.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
