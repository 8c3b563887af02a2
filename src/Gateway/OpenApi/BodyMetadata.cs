using Microsoft.AspNetCore.Http.Metadata;

namespace BlueEdge.Gateway.OpenApi;

/// <summary>Says what body an endpoint takes. Any media type is let through to the handler, which answers 415 in the envelope.</summary>
internal sealed class BodyMetadata(Type type) : IAcceptsMetadata
{
    public IReadOnlyList<string> ContentTypes { get; } = ["application/json"];

    public Type? RequestType => type;

    public bool IsOptional => false;
}
