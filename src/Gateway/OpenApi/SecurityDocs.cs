using System.Text.Json.Nodes;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Callers;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BlueEdge.Gateway.OpenApi;

/// <summary>Says of each operation which roles may call it, and how a caller shows who it is.</summary>
internal static class SecurityDocs
{
    private const string Key = "key";

    public static void Add(OpenApiDocument document)
    {
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[Key] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key, `be_…`, or a token of the issuer that is set, where callers are told apart (`BlueEdge:Auth:Mode=Keys` or `Oidc`); elsewhere nothing is asked for.",
        };
    }

    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (AccessPolicies.Of(context.Description.ActionDescriptor.EndpointMetadata) is { } access)
        {
            (operation.Security ??= []).Add(new() { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [] });
            operation.AddExtension("x-roles", new JsonNodeExtension(new JsonArray([.. AccessPolicies.RolesFor(access).Select(role => (JsonNode)RoleNames.Of(role))])));
        }
    }
}
