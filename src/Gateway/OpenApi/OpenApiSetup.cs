using BlueEdge.Gateway.Http;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace BlueEdge.Gateway.OpenApi;

/// <summary>The API's description at /openapi/v1.json, and a page to read and try it at /docs.</summary>
internal static class OpenApiSetup
{
    private const string Document = "v1";

    public static void AddGatewayOpenApi(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        // The host has endpoints too, for health and the dashboard, that are no part of the API.
        options.ShouldInclude = api => api.RelativePath?.StartsWith(ApiRoutes.Prefix[1..], StringComparison.OrdinalIgnoreCase) ?? false;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SchemaDetails.Add(schema, context);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            SecurityDocs.Add(operation, context);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            SecurityDocs.Add(document);
            document.Info = new OpenApiInfo
            {
                Title = "BlueEdge",
                Version = "v1",
                Description = "Runs directed acyclic graphs of processing engines. Every answer is an envelope of `status`, `message` and `data`.",
            };
            return Task.CompletedTask;
        });
    });

    public static void MapGatewayOpenApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        routes.MapScalarApiReference("/docs", options => options
            .WithTitle("BlueEdge API")
            .AddDocument(Document)
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            // The page has to work where there is no internet, and tells nobody of what is tried on it.
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideDeveloperTools()
            .HideClientButton()).AllowAnonymous();
    }
}
