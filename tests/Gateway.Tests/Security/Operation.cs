using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>An operation that the OpenAPI document describes.</summary>
internal sealed partial record Operation(string Id, HttpMethod Method, string Route, ImmutableArray<string> Roles)
{
    public static Operation From(string path, JsonProperty operation) => new(
        operation.Value.GetProperty("operationId").GetString() ?? "",
        new(operation.Name.ToUpperInvariant()),
        path["/api/v1/".Length..],
        [.. operation.Value.GetProperty("x-roles").EnumerateArray().Select(role => role.GetString() ?? "")]);

    /// <summary>The route with something in place of what it leaves open.</summary>
    public string Path(string? sessionId = null) => Open().Replace(Route, part => part.Value switch
    {
        "{sessionId}" => sessionId ?? SessionIds.Create(),
        "{index}" => "0",
        "{deliveryId}" => $"{sessionId ?? SessionIds.Create()}-0-0-1",
        _ => "thing",
    });

    [GeneratedRegex(@"\{\w+\}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Open();
}
