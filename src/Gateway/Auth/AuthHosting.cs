using System.Runtime.CompilerServices;
using BlueEdge.Gateway.Keys;
using BlueEdge.Hosting.Guards;
using BlueEdge.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth;

/// <summary>Has the gateway know who calls, and refuse what they may not do.</summary>
internal static class AuthHosting
{
    private const string Section = "BlueEdge:Auth";

    /// <summary>Where callers have to name a key, adds authentication and authorization, which the host puts between routing and the endpoints by itself.</summary>
    public static void AddGatewayAuth(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<AuthOptions>(Section);
        services.AddSingleton<IValidateOptions<AuthOptions>, ReachabilityCheck>();
        services.AddSingleton<IValidateOptions<AuthOptions>, BootstrapKeyCheck>();
        services.AddSingleton<KeyClient>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyAdministration>();
        services.AddSingleton<FailedAuthentications>();
        services.AddSingleton<PageGuard>((page, isDashboard) => page.For(isDashboard ? Access.Dashboard : Access.Operate));
        if (builder.Configuration.ReadSettings<AuthOptions>(Section).IsOpen)
        {
            // Routes say what they are for, and nobody asks. A mode that comes later than this would ask nobody either.
            services.AddOptions<AuthOptions>().Validate(
                auth => auth.IsOpen, "BlueEdge:Auth:Mode is Keys by code that runs after the gateway was added: set it in the configuration, before.");
            services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
        }
        else
        {
            AddKeyAuth(services);
        }
    }

    /// <summary>Apart, so that a process that is open does not even load it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddKeyAuth(IServiceCollection services)
    {
        services.AddHostedService<KeyFollower>();

        // Without what cookies want: keys of data protection, which a gateway would keep in somebody's home.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<KeyAuthentication>(KeyAuthentication.Bearer, displayName: null);
            options.DefaultScheme = KeyAuthentication.Bearer;
        });
        services.AddTransient<KeyAuthentication>();
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IConfiguration>(AccessPolicies.Add);
    }
}
