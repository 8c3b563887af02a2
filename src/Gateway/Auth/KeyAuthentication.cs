using System.Globalization;
using System.Net.Http.Headers;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Auth;

/// <summary>Finds out who calls by the key that a request brings.</summary>
internal sealed class KeyAuthentication(KeyRing keys, FailedAuthentications failures, TimeProvider time) : IAuthenticationHandler
{
    public const string Bearer = "Bearer";

    private AuthRefusal _refusal = AuthRefusal.NoKey;
    private Task<AuthenticateResult>? _result;
    private HttpContext? _http;

    private HttpContext Http => _http ?? throw new InvalidOperationException("The handler has no request yet.");

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _http = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync() => _result ??= FindOutAsync();

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        if (_refusal.RetryAfter is { } wait)
        {
            Http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (_refusal.StatusCode == StatusCodes.Status401Unauthorized)
        {
            Http.Response.Headers[HeaderNames.WWWAuthenticate] = _refusal == AuthRefusal.NoKey ? "Bearer realm=\"BlueEdge\"" : "Bearer realm=\"BlueEdge\", error=\"invalid_token\"";
        }

        return ApiRefusal.WriteAsync(Http, _refusal.StatusCode, _refusal.Message);
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        Http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"BlueEdge\", error=\"insufficient_scope\"";
        var wanted = AccessPolicies.Of(Http.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty) is { } access ? string.Join(" or ", AccessPolicies.RolesFor(access).Select(RoleNames.Of)) : "nobody has";
        return ApiRefusal.WriteAsync(
            Http, StatusCodes.Status403Forbidden, $"Key '{Http.User.Identity?.Name}' may not do this, which wants the role {wanted}: use another key, or have an admin make one (POST {ApiRoutes.Prefix}/keys).");
    }

    private async Task<AuthenticateResult> FindOutAsync()
    {
        var headers = Http.Request.Headers.Authorization;
        if (headers.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        if (headers is not [{ } header] || !AuthenticationHeaderValue.TryParse(header, out var given))
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

    private async Task<AuthenticateResult> CheckAsync(KeyHash hash)
    {
        var key = keys.FindKnown(hash);
        if (key is null)
        {
            if (keys.IsTrusted && failures.WaitOf(Http.Connection.RemoteIpAddress) is { } wait)
            {
                return Refuse(AuthRefusal.TooMany(wait));
            }

            try
            {
                key = await keys.FindAsync(hash, Http.RequestAborted);
            }
            catch (UnavailableException error)
            {
                return Refuse(AuthRefusal.Unavailable(error.Message));
            }
        }

        return key is null || key.Ended.IsCancellationRequested || key.IsExpired(time.GetUtcNow()) ? Fail() : Accept(key);
    }

    private AuthenticateResult Accept(KnownKey key)
    {
        keys.Note(key);
        Http.Features.Set(key.Caller);
        Http.Features.Set(new RequestLife(Http, key.Ended));
        return AuthenticateResult.Success(new(key.Principal, Bearer));
    }

    /// <summary>Counts a wrong key, unless there were too many already.</summary>
    private AuthenticateResult Fail()
    {
        var from = Http.Connection.RemoteIpAddress;
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
