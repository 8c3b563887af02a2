using System.Runtime.CompilerServices;
using BlueEdge.Gateway.Auditing;
using BlueEdge.Gateway.Auth.Tokens;
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

    /// <summary>Where callers are told apart, adds authentication and authorization, which the host puts between routing and the endpoints by itself.</summary>
    public static void AddGatewayAuth(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<AuthOptions>(Section);
        services.AddSingleton<IValidateOptions<AuthOptions>, ReachabilityCheck>();
        services.AddSingleton<IValidateOptions<AuthOptions>, BootstrapKeyCheck>();
        services.AddSettings<OidcOptions>(OidcOptions.Section);
        services.AddSingleton<IValidateOptions<OidcOptions>, OidcCheck>();
        services.AddSingleton<KeyClient>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyAdministration>();
        services.AddSingleton<FailedAuthentications>();
        services.AddSingleton<AuditClient>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<PageGuard>((page, isDashboard) => page.For(isDashboard ? Access.Dashboard : Access.Operate));
        var auth = builder.Configuration.ReadSettings<AuthOptions>(Section);
        if (auth.IsOpen)
        {
            // Routes say what they are for, and nobody asks. A mode that comes later than this would ask nobody either.
            services.AddOptions<AuthOptions>().Validate(
                late => late.IsOpen, "BlueEdge:Auth:Mode is another one by code that runs after the gateway was added: set it in the configuration, before.");
            services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true);
            return;
        }

        AddBearerAuth(services);
        services.AddHostedService<AuditWriter>();
        if (auth.TakesKeys)
        {
            services.AddHostedService<KeyFollower>();
        }

        if (builder.Configuration.ReadSettings<OidcOptions>(OidcOptions.Section).IsSet)
        {
            AddTokens(services);
        }
    }

    /// <summary>Apart, so that a process that is open does not even load it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddBearerAuth(IServiceCollection services)
    {
        // Without what cookies want: keys of data protection, which a gateway would keep in somebody's home.
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<BearerAuthentication>(BearerAuthentication.Bearer, displayName: null);
            options.DefaultScheme = BearerAuthentication.Bearer;
        });
        services.AddTransient<BearerAuthentication>();
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IConfiguration>(AccessPolicies.Add);
    }

    /// <summary>Apart, for the same reason.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTokens(IServiceCollection services)
    {
        services.AddSingleton<IssuerDocuments>();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<TokenReader>();
        services.AddHostedService<IssuerFollower>();
    }
}
