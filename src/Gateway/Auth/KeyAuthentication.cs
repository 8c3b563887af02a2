using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Auth;

/// <summary>Finds out who calls by the key that a request brings; where the API is open, whoever calls may do everything.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> scheme,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptions<AuthOptions> auth,
    KeyRing keys,
    FailedAuthentications failures) : AuthenticationHandler<AuthenticationSchemeOptions>(scheme, logger, encoder)
{
    public const string Bearer = "Bearer";

    private static readonly AuthenticateResult Everyone = AuthenticateResult.Success(new(Principals.Everyone, Bearer));
    private AuthRefusal _refusal = AuthRefusal.NoKey;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (auth.Value.IsOpen)
        {
            return Everyone;
        }

        if (Request.Headers.Authorization.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (Request.Headers.Authorization is not [{ } header] || !AuthenticationHeaderValue.TryParse(header, out var given))
        {
            return Fail();
        }

        if (!string.Equals(given.Scheme, Bearer, StringComparison.OrdinalIgnoreCase))
        {
            // The dashboard's, perhaps.
            return AuthenticateResult.NoResult();
        }

        return KeyText.IsWellFormed(given.Parameter) ? await CheckAsync(KeyHash.Of(given.Parameter)) : Fail();
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_refusal.RetryAfter is { } wait)
        {
            Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (_refusal.StatusCode == StatusCodes.Status401Unauthorized)
        {
            Response.Headers[HeaderNames.WWWAuthenticate] = _refusal == AuthRefusal.NoKey ? "Bearer realm=\"BlueEdge\"" : "Bearer realm=\"BlueEdge\", error=\"invalid_token\"";
        }

        return ApiRefusal.WriteAsync(Context, _refusal.StatusCode, _refusal.Message);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"BlueEdge\", error=\"insufficient_scope\"";
        var wanted = AccessPolicies.Of(Context.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty) is { } access ? string.Join(" or ", AccessPolicies.RolesFor(access).Select(RoleNames.Of)) : "nobody has";
        return ApiRefusal.WriteAsync(
            Context, StatusCodes.Status403Forbidden, $"Key '{Context.User.Identity?.Name}' may not do this, which wants the role {wanted}: use another key, or have an admin make one (POST {ApiRoutes.Prefix}/keys).");
    }

    private async Task<AuthenticateResult> CheckAsync(KeyHash hash)
    {
        var key = keys.FindKnown(hash);
        if (key is null)
        {
            if (failures.WaitOf(Context.Connection.RemoteIpAddress) is { } wait)
            {
                return Refuse(AuthRefusal.TooMany(wait));
            }

            try
            {
                key = await keys.FindAsync(hash, Context.RequestAborted);
            }
            catch (UnavailableException error)
            {
                return Refuse(AuthRefusal.Unavailable(error.Message));
            }
        }

        return key is null || key.Ended.IsCancellationRequested || key.IsExpired(TimeProvider.GetUtcNow()) ? Fail() : Accept(key);
    }

    private AuthenticateResult Accept(KnownKey key)
    {
        keys.Note(key);
        Context.Features.Set(key.Caller);
        Context.Features.Set(new RequestLife(key.Ended));
        return AuthenticateResult.Success(new(key.Principal, Bearer));
    }

    /// <summary>Counts a wrong key, unless there were too many already.</summary>
    private AuthenticateResult Fail()
    {
        var from = Context.Connection.RemoteIpAddress;
        if (failures.WaitOf(from) is { } wait)
        {
            return Refuse(AuthRefusal.TooMany(wait));
        }

        failures.Add(from);
        return Refuse(AuthRefusal.WrongKey);
    }

    private AuthenticateResult Refuse(AuthRefusal refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Message);
    }
}
