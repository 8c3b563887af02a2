using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Http;

/// <summary>Puts the API's envelope around what no endpoint answers: unknown routes, wrong methods, wrong media types.</summary>
internal sealed class ApiStatusMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        await next(http);
        var response = http.Response;
        if (response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } && ApiRoutes.IsApi(http))
        {
            AllowHead(response);
            if (HttpMethods.IsOptions(http.Request.Method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }

        if (response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } && ApiRoutes.IsApi(http))
        {
            await new ErrorAnswer(response.StatusCode, MessageFor(http)).ExecuteAsync(http);
        }
    }

    private static void AllowHead(HttpResponse response)
    {
        if (response.Headers.GetCommaSeparatedValues(HeaderNames.Allow) is var methods && methods.Contains(HttpMethods.Get, StringComparer.Ordinal))
        {
            response.Headers.Allow = string.Join(", ", [.. methods, HttpMethods.Head]);
        }
    }

    private static string MessageFor(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => $"There is nothing at {http.Request.Path}; /docs says what there is.",
        StatusCodes.Status405MethodNotAllowed => $"{http.Request.Path} takes {http.Response.Headers.Allow}, not {http.Request.Method}.",
        StatusCodes.Status415UnsupportedMediaType => "The body has to be application/json.",
        var status => Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
    };
}
