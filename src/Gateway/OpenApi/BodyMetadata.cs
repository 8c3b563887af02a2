using Microsoft.AspNetCore.Http.Metadata;

namespace BlueEdge.Gateway.OpenApi;

/// <summary>
/// Says what body an endpoint takes. Routing answers 415 to other media types; one left out, and those that end in
/// <c>+json</c>, are let through.
/// </summary>
internal sealed class BodyMetadata(Type type) : IAcceptsMetadata
{
    public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

    public Type? RequestType => type;

    public bool IsOptional => false;
}
