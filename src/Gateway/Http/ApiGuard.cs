using BlueEdge.Callers;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Quotas;
using Microsoft.AspNetCore.Http.Metadata;

namespace BlueEdge.Gateway.Http;

/// <summary>Stands around every endpoint of the API, so that also what goes wrong is answered in the envelope.</summary>
internal static partial class ApiGuard
{
    /// <summary>Around the whole endpoint, not a filter in it: a filter does not see the writing of the answer.</summary>
    public static void GuardApi(this RouteGroupBuilder group) => ((IEndpointConventionBuilder)group).Finally(endpoint =>
    {
        if (endpoint.RequestDelegate is { } next)
        {
            endpoint.RequestDelegate = async http =>
            {
                CallerContext.Enter(RequestCaller.Of(http));
                using (var life = http.Features.Get<RequestLife>())
                {
                    life?.Begin();
                    await RunAsync(http, next);
                }

                if (http.Response.StatusCode >= StatusCodes.Status400BadRequest && (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method)))
                {
                    await UnreadBody.SkipAsync(http, http.RequestServices.GetRequiredService<TimeProvider>());
                }
            };
        }
    });

    private static async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            if (http.Request.ContentType is null or "" && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: false })
            {
                // Routing refuses other kinds, but takes none for any: what a page of another site may send without being asked about.
                await new ErrorAnswer(StatusCodes.Status415UnsupportedMediaType, "The body has no Content-Type; it has to be application/json.").ExecuteAsync(http);
                return;
            }

            await next(http);
        }
        catch (Exception) when (http.Features.Get<RequestLife>() is { KeyEnded.IsCancellationRequested: true, ConnectionEnded.IsCancellationRequested: false })
        {
            await EndWithKeyAsync(http);
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer. The session, if there is one, goes on.
            LogGone(http, exception);
        }
        catch (Exception exception) when (http.Response.HasStarted)
        {
            // The status is sent: breaking off is the only way left to say that this is not the whole answer.
            LogBroken(Logger(http), http.Request.Path, exception);
            http.Abort();
        }
        catch (Exception exception)
        {
            await AnswerFor(http, exception).ExecuteAsync(http);
        }
    }

    /// <summary>What waited or was told while its key was revoked, or its key or token expired: it is not told the rest.</summary>
    private static Task EndWithKeyAsync(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        var life = http.Features.Get<RequestLife>();
        life?.End();
        var refusal = life?.Refusal ?? AuthRefusal.WrongKey;
        return new ErrorAnswer(refusal.StatusCode, refusal.Message).ExecuteAsync(http);
    }

    private static ErrorAnswer AnswerFor(HttpContext http, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            return new ErrorAnswer(bad.StatusCode, bad.Message);
        }

        if (exception is QuotaExceededException quota)
        {
            return QuotaAnswer.Of(quota);
        }

        if (exception is BusyException)
        {
            return new ErrorAnswer(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }

        if (exception is UnavailableException unavailable)
        {
            LogUnavailable(Logger(http), http.Request.Path, exception);
            return new ErrorAnswer(StatusCodes.Status503ServiceUnavailable, exception.Message) { SessionId = unavailable.SessionId };
        }

        LogFailed(Logger(http), http.Request.Path, exception);
        return new ErrorAnswer(
            StatusCodes.Status500InternalServerError,
            $"Something went wrong inside; the log says what, under the trace {System.Diagnostics.Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier}.");
    }

    private static ILogger Logger(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("BlueEdge.Gateway");

    private static void LogGone(HttpContext http, Exception exception)
    {
        if (Logger(http) is var logger && logger.IsEnabled(LogLevel.Debug))
        {
            LogGone(logger, http.Request.Path, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The caller of {Path} is gone")]
    private static partial void LogGone(ILogger logger, PathString path, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to {Path} was broken off")]
    private static partial void LogBroken(ILogger logger, PathString path, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} is unavailable for now")]
    private static partial void LogUnavailable(ILogger logger, PathString path, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} failed")]
    private static partial void LogFailed(ILogger logger, PathString path, Exception exception);
}
