namespace BlueEdge.Gateway.Http;

/// <summary>Answers HEAD wherever GET is answered (RFC 9110). The server sends the headers of what is written, and no body.</summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    private static readonly HeadMark Mark = new();

    /// <summary>Whether only the headers are wanted, which an answer without an end has to know.</summary>
    public static bool IsHead(HttpContext http) => http.Features.Get<HeadMark>() is not null;

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        http.Request.Method = HttpMethods.Get;
        http.Features.Set(Mark);
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    }

    private sealed class HeadMark;
}
