namespace BlueEdge.Gateway.Http;

/// <summary>Says no before any endpoint is asked: in the API's envelope, or as problem details elsewhere.</summary>
internal static class ApiRefusal
{
    public static Task WriteAsync(HttpContext http, int statusCode, string message)
    {
        IResult answer = ApiRoutes.IsApi(http) ? new ErrorAnswer(statusCode, message) : TypedResults.Problem(message, statusCode: statusCode);
        return answer.ExecuteAsync(http);
    }
}
