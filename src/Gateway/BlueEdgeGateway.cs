using BlueEdge.Channels;
using BlueEdge.Gateway.AsyncApi;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth;
using BlueEdge.Gateway.Blobs;
using BlueEdge.Gateway.Channels.Inputs;
using BlueEdge.Gateway.Channels.Listening;
using BlueEdge.Gateway.DeadLetters;
using BlueEdge.Gateway.Engines;
using BlueEdge.Gateway.Http;
using BlueEdge.Gateway.Http.Budgets;
using BlueEdge.Gateway.Keys;
using BlueEdge.Gateway.OpenApi;
using BlueEdge.Gateway.Operations;
using BlueEdge.Gateway.Quotas;
using BlueEdge.Gateway.Results;
using BlueEdge.Gateway.Sessions;
using BlueEdge.Gateway.Sessions.Events;
using BlueEdge.Gateway.Sessions.Listening;
using BlueEdge.Gateway.Sockets;
using BlueEdge.Gateway.Validation;
using BlueEdge.Gateway.Webhooks;
using BlueEdge.Hosting.Connections;
using BlueEdge.Hosting.Guards;
using BlueEdge.Outbound;
using BlueEdge.Settings;
using BlueEdge.Validation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BlueEdge.Gateway;

/// <summary>Puts the REST API into a host.</summary>
public static class BlueEdgeGateway
{
    /// <summary>
    /// Adds what the API needs. The host has an <see cref="IGrainFactory"/>: it is a silo, or a client of the cluster. An
    /// <see cref="IBlobStore"/> is used where there is one.
    /// </summary>
    public static IHostApplicationBuilder AddBlueEdgeGateway(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddSettings<GatewayOptions>(GatewayOptions.Section);
        services.AddSettings<SocketOptions>(SocketOptions.Section);
        builder.AddGatewayAuth();
        services.AddGatewayQuotas();
        services.AddSettings<SessionLimits>("BlueEdge:Limits");
        services.AddOutboundRules();
        services.AddSettings<UploadOptions>("BlueEdge:Blobs");
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CallBudgets>();
        services.AddSingleton<SessionClient>();
        services.AddSingleton<SessionFollower>();
        services.AddSingleton<SessionFeed>();
        services.AddSingleton<SessionBodies>();
        services.AddSingleton<Submissions>();
        services.AddSingleton<Validations>();
        services.AddSingleton<WebhookTests>();
        services.AddSingleton<SessionQueries>();
        services.AddSingleton<FaultReport>();
        services.AddSingleton<ResultReader>();
        services.AddSingleton<EngineDirectory>();
        services.AddSingleton<EngineRegistrations>();
        services.AddSingleton<UploadTenants>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<ChannelWrites>();
        services.AddSingleton<SocketTools>();
        services.AddProblemDetails();
        services.AddSingleton<IStartupFilter, GatewayStartupFilter>().AddHttpGuards(ApiRefusal.WriteAsync);
        services.AddConnectionStep(RefusableTransport.Around);
        services.AddGatewayOpenApi();
        return builder;
    }

    /// <summary>Maps the API under /api/v1, its description at /openapi/v1.json and /asyncapi/v1.json, and its reference at /docs.</summary>
    public static IEndpointRouteBuilder MapBlueEdgeGateway(this IEndpointRouteBuilder routes)
    {
        ArgumentNullException.ThrowIfNull(routes);
        var api = routes.MapGroup(ApiRoutes.Prefix);
        api.GuardApi();
        api.MapWorkflows();
        api.MapSingleEngines();
        api.MapValidation();
        api.MapSessionList();
        api.MapDeadLetters();
        api.MapSessionEvents();
        api.MapAllSessions();
        api.MapChannelEvents();
        api.MapWebhooks();
        api.MapSubSessions();
        api.MapChannelInputs();
        api.MapSockets();
        api.MapEngines();
        api.MapSystem();
        api.MapBlobs();
        api.MapKeys();
        api.MapAudit();
        routes.MapGatewayOpenApi();
        routes.MapAsyncApi();
        return routes;
    }
}
