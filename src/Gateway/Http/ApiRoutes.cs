namespace BlueEdge.Gateway.Http;

/// <summary>Where the API lies.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";
    public const string Workflow = "process-workflow";
    public const string SingleEngine = "process-single-engine";
    public const string Blobs = "blobs";

    /// <summary>Whether the answer is to be in the API's envelope.</summary>
    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);
}
