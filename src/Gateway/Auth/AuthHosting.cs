using BlueEdge.Gateway.Keys;
using BlueEdge.Hosting.Guards;
using BlueEdge.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth;

/// <summary>Has the gateway know who calls, and refuse what they may not do.</summary>
internal static class AuthHosting
{
    /// <summary>Adds authentication and authorization, which the host puts between routing and the endpoints by itself.</summary>
    public static void AddGatewayAuth(this IServiceCollection services)
    {
        services.AddSettings<AuthOptions>("BlueEdge:Auth");
        services.AddSingleton<IValidateOptions<AuthOptions>, ReachabilityCheck>();
        services.AddSingleton<IValidateOptions<AuthOptions>, BootstrapKeyCheck>();
        services.AddSingleton<KeyClient>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyAdministration>();
        services.AddSingleton<FailedAuthentications>();
        services.AddHostedService<KeyFollower>();

        // Without what cookies want: keys of data protection, which a gateway would keep in somebody's home.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<KeyAuthentication>(KeyAuthentication.Bearer, displayName: null);
            options.DefaultScheme = KeyAuthentication.Bearer;
        });
        services.AddTransient<KeyAuthentication>();
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<AuthOptions>, IConfiguration>((options, auth, configuration) => AccessPolicies.Add(options, auth.Value, configuration));
        services.AddSingleton<PageGuard>((page, isDashboard) => page.For(isDashboard ? Access.Dashboard : Access.Operate));
    }
}
