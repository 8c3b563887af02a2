using Microsoft.AspNetCore.Http;

namespace BlueEdge.Hosting.Guards;

/// <summary>
/// Tells browsers what they may not do with any answer: guess another type than the one it says, show it in a frame, put it into
/// a page of another site, or tell its address to others.
/// </summary>
internal sealed class BrowserHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        // When the answer begins: whoever answers an exception clears what was set before.
        http.Response.OnStarting(Set, http.Response.Headers);
        return next(http);
    }

    private static Task Set(object answer)
    {
        var headers = (IHeaderDictionary)answer;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
