using BlueEdge.Callers;
using BlueEdge.Gateway.Callers;
using Microsoft.AspNetCore.Authorization;

namespace BlueEdge.Gateway.Auth;

/// <summary>Who may call what. Each route names what it is for where it is mapped; one that names nothing is refused.</summary>
internal static class AccessPolicies
{
    private const string DashboardKey = "BlueEdge:Dashboard:Key";

    /// <summary>The roles of which a caller has to have one.</summary>
    public static IReadOnlyList<CallerRole> RolesFor(Access access) => access switch
    {
        Access.Read => [CallerRole.Viewer, CallerRole.Submitter, CallerRole.Operator, CallerRole.Admin],
        Access.Submit => [CallerRole.Submitter, CallerRole.Admin],
        Access.Operate => [CallerRole.Operator, CallerRole.Admin],
        _ => [CallerRole.Admin],
    };

    /// <summary>Says what a route is for.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, Access access)
        where TBuilder : IEndpointConventionBuilder => route.RequireAuthorization(access.ToString());

    /// <summary>What a route is for; <see langword="null"/> where it does not say.</summary>
    public static Access? Of(IEnumerable<object> metadata) => Enum.TryParse<Access>(metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy, out var access) ? access : null;

    public static void Add(AuthorizationOptions options, IConfiguration configuration)
    {
        foreach (var access in Enum.GetValues<Access>())
        {
            options.AddPolicy(access.ToString(), policy => policy.RequireRole(RolesFor(access).Select(RoleNames.Of)));
        }

        if (!string.IsNullOrEmpty(configuration[DashboardKey]))
        {
            // It asks for its own, which a browser can send.
            options.AddPolicy(nameof(Access.Dashboard), policy => policy.RequireAssertion(static _ => true));
        }

        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(static context => context.Resource is HttpContext http && !IsMapped(http)).Build();
    }

    /// <summary>Whether there is a route, and not only routing's answer that there is none.</summary>
    private static bool IsMapped(HttpContext http) => http.GetEndpoint() is RouteEndpoint;
}
