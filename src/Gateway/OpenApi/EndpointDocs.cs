using System.Text.Json.Nodes;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Streams;
using Microsoft.OpenApi;

namespace BlueEdge.Gateway.OpenApi;

/// <summary>Describes endpoints beyond what can be read off their handlers.</summary>
internal static class EndpointDocs
{
    /// <summary>What any call can answer: that nobody knows who calls, or they may not, or too many came with wrong keys; 421, where it goes by a wrong name; 500.</summary>
    private static readonly int[] AnyError =
    [
        StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests, StatusCodes.Status421MisdirectedRequest, StatusCodes.Status500InternalServerError,
    ];

    /// <summary>Lists answers that say no, besides those that any call can answer.</summary>
    public static RouteHandlerBuilder ProducesErrors(this RouteHandlerBuilder endpoint, params int[] statusCodes)
    {
        foreach (var statusCode in statusCodes.Union(AnyError))
        {
            endpoint.Produces<ErrorResponse>(statusCode);
        }

        return endpoint;
    }

    /// <summary>Describes a body that the handler reads by itself, with examples.</summary>
    public static RouteHandlerBuilder WithBody<T>(this RouteHandlerBuilder endpoint, params (string Name, string Json)[] examples)
        where T : notnull =>
        endpoint.WithMetadata(new BodyMetadata(typeof(T)))
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                foreach (var content in operation.RequestBody?.Content?.Values ?? [])
                {
                    content.Examples = examples.ToDictionary(
                        example => example.Name,
                        IOpenApiExample (example) => new OpenApiExample { Summary = example.Name, Value = JsonNode.Parse(example.Json) },
                        StringComparer.Ordinal);
                }

                return Task.CompletedTask;
            });

    /// <summary>Says that the body may be of another type as well, which the document describes elsewhere.</summary>
    public static RouteHandlerBuilder WithOtherBody<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            foreach (var content in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                if (content.Schema is { } first)
                {
                    content.Schema = new OpenApiSchema { OneOf = [first, new OpenApiSchemaReference(typeof(T).Name, context.Document)] };
                }
            }

            return Task.CompletedTask;
        });

    /// <summary>Describes the header that makes a submission safe to repeat.</summary>
    public static RouteHandlerBuilder WithIdempotencyKey(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Add(operation, ParameterLocation.Header, new("Idempotency-Key", "string", "1 to 255 visible ASCII characters: the same key names the same session."));
            return Task.CompletedTask;
        });

    /// <summary>Describes a body that is content and nothing else, of any media type.</summary>
    public static RouteHandlerBuilder WithContent(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            var content = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/octet-stream"] = content },
            };
            return Task.CompletedTask;
        });

    /// <summary>Says that the answer may be server-sent events, and how a caller goes on where it was.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="events">Which events there are.</param>
    public static RouteHandlerBuilder WithEventStream(this RouteHandlerBuilder endpoint, string events) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            Add(operation, ParameterLocation.Header, new(LastEventId.Header, "string", "The `id` of the last event that the caller has of the stream: it goes on behind it, and overrules `after`."));
            var responses = AddStream(operation, events);
            responses["204"] = new OpenApiResponse { Description = $"The caller comes back with the id `{EventStream.LastId}`: it has all there is." };
            return Task.CompletedTask;
        });

    /// <summary>Says that the answer is server-sent events of what happens from now on, and nothing else.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="events">Which events there are.</param>
    public static RouteHandlerBuilder WithLiveStream(this RouteHandlerBuilder endpoint, string events) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            AddStream(operation, events);
            return Task.CompletedTask;
        });

    /// <summary>Describes query parameters that the handler reads by itself.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            foreach (var parameter in parameters)
            {
                Add(operation, ParameterLocation.Query, parameter);
            }

            return Task.CompletedTask;
        });

    private static OpenApiResponses AddStream(OpenApiOperation operation, string events)
    {
        OpenApiResponses responses = operation.Responses ??= [];
        if (!responses.TryGetValue("200", out var found) || found is not OpenApiResponse told)
        {
            responses["200"] = told = new OpenApiResponse { Description = "OK" };
        }

        (told.Content ??= new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))[StreamMedia.Type] =
            new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = events } };
        return responses;
    }

    private static void Add(OpenApiOperation operation, ParameterLocation place, QueryParameter parameter) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = parameter.Name,
            In = place,
            Description = parameter.Description,
            Schema = new OpenApiSchema { Type = Enum.Parse<JsonSchemaType>(parameter.Type, ignoreCase: true) },
        });
}
