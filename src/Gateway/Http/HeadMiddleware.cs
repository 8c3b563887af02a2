namespace BlueEdge.Gateway.Http;

/// <summary>Answers HEAD wherever GET is answered (RFC 9110). The server sends the headers of what is written, and no body.</summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }

        http.Request.Method = HttpMethods.Get;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
        }
    }
}
