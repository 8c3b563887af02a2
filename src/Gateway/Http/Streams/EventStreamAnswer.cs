using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Quotas;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Http.Streams;

/// <summary>
/// Answers with server-sent events. The stream ends when all is told, when the process stops, and after
/// <see cref="GatewayOptions.LongestWait"/>; where it was not all, the caller comes back with its <c>Last-Event-ID</c>, to any gateway.
/// </summary>
/// <param name="write">Writes all of them.</param>
internal sealed class EventStreamAnswer(Func<EventStream, Task> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var budgets = services.GetRequiredService<CallBudgets>();
        if (!budgets.TryBeginWait())
        {
            throw new BusyException("So many callers wait and listen already that no more may: come back soon, or to another gateway. BlueEdge:Gateway:MaxWaits allows more.");
        }

        TenantQuota? quota = null;
        try
        {
            if (services.GetRequiredService<GatewayQuotas>().OfCaller is { } own)
            {
                await own.BeginLiveAsync();
                quota = own;
            }

            var response = httpContext.Response;
            response.ContentType = StreamMedia.Type;
            response.Headers.CacheControl = "no-cache, no-store";

            // What nginx asks for where it is not to keep events back.
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            if (!HeadMiddleware.IsHead(httpContext))
            {
                await RunAsync(httpContext, services);
            }
        }
        finally
        {
            quota?.EndLive();
            budgets.EndWait();
        }
    }

    private async Task RunAsync(HttpContext http, IServiceProvider services)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using CancellationTokenSource life = new(services.GetRequiredService<IOptions<GatewayOptions>>().Value.LongestWait, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping, life.Token);
        var stream = new EventStream(http.Response.BodyWriter, time, over.Token);
        try
        {
            await stream.BeginAsync();
            await write(stream);
            await stream.FlushAsync();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            if (stream.IsWriting && stopping.IsCancellationRequested)
            {
                // Its caller does not read; the stop would wait for it.
                http.Abort();
            }
        }
    }
}
