using Microsoft.AspNetCore.Http;

namespace BlueEdge.Hosting.Guards;

/// <summary>Says no before any endpoint is asked.</summary>
public delegate Task Refusal(HttpContext http, int statusCode, string message);
