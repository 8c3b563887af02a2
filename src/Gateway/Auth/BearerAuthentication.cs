using System.Globalization;
using System.Net.Http.Headers;
using BlueEdge.Gateway.Auth.Tokens;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BlueEdge.Gateway.Auth;

/// <summary>Finds out who calls by the key or the token that a request brings.</summary>
/// <param name="keys">The keys that count.</param>
/// <param name="failures">Counts what does not count.</param>
/// <param name="options">Whether there are keys.</param>
/// <param name="time">The time.</param>
/// <param name="tokens">Reads tokens; <see langword="null"/> where none count, and nothing of them is loaded.</param>
internal sealed class BearerAuthentication(KeyRing keys, FailedAuthentications failures, IOptions<AuthOptions> options, TimeProvider time, TokenReader? tokens = null) : IAuthenticationHandler
{
    public const string Bearer = "Bearer";

    private AuthRefusal? _refusal;
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
        var refusal = _refusal ?? (tokens is null ? AuthRefusal.NoKey : AuthRefusal.NoToken(tokens.Issuer, options.Value.TakesKeys));
        if (refusal.RetryAfter is { } wait)
        {
            Http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            Http.Response.Headers[HeaderNames.WWWAuthenticate] = refusal.Error is { } error ? $"Bearer realm=\"BlueEdge\", error=\"{error}\"" : "Bearer realm=\"BlueEdge\"";
        }

        return ApiRefusal.WriteAsync(Http, refusal.StatusCode, refusal.Message);
    }

    public Task ForbidAsync(AuthenticationProperties? properties)
    {
        Http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"BlueEdge\", error=\"insufficient_scope\"";
        var wanted = AccessPolicies.Of(Http.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty) is { } access ? string.Join(" or ", AccessPolicies.RolesFor(access).Select(RoleNames.Of)) : "nobody has";
        var name = Shown.Short(Http.User.Identity?.Name ?? "");
        return ApiRefusal.WriteAsync(Http, StatusCodes.Status403Forbidden, Http.User.Identity?.AuthenticationType is Principals.ByToken
            ? $"'{name}' may not do this, which wants the role {wanted}: have whoever runs {tokens?.Issuer} give it."
            : $"Key '{name}' may not do this, which wants the role {wanted}: use another key, or have an admin make one (POST {ApiRoutes.Prefix}/keys).");
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

        if (options.Value.TakesKeys && (tokens is null || given.Parameter?.StartsWith(KeyText.Prefix, StringComparison.Ordinal) is true))
        {
            return KeyText.IsWellFormed(given.Parameter) ? await CheckAsync(KeyHash.Of(given.Parameter)) : Fail();
        }

        return tokens is null ? Fail() : await ReadAsync(tokens, given.Parameter ?? "");
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
        Http.Features.Set(new RequestLife(Http, AuthRefusal.WrongKey, key.Ended));
        return AuthenticateResult.Success(new(key.Principal, Bearer));
    }

    private async Task<AuthenticateResult> ReadAsync(TokenReader reader, string text)
    {
        try
        {
            // Who is told to wait has the issuer asked for nothing.
            var reading = await reader.ReadAsync(text, mayAsk: failures.WaitOf(Http.Connection.RemoteIpAddress) is null, Http.RequestAborted);
            return reading switch
            {
                { Token: { } token } => Accept(token),
                { Refusal: { StatusCode: StatusCodes.Status401Unauthorized } wrong } => Fail(wrong),
                _ => Refuse(reading.Refusal ?? throw new BlueEdgeException("A token was neither taken nor refused.")),
            };
        }
        catch (UnavailableException error)
        {
            return Refuse(AuthRefusal.Unavailable(error.Message));
        }
    }

    private AuthenticateResult Accept(CallerToken token)
    {
        Http.Features.Set(token.Caller);
        Http.Features.Set(new RequestLife(Http, CallerToken.Expired, token.EndIn(Http, time)));
        return AuthenticateResult.Success(new(token.Principal, Bearer));
    }

    /// <summary>Counts what does not count, unless there was too much of it already.</summary>
    private AuthenticateResult Fail(AuthRefusal? refusal = null)
    {
        var from = Http.Connection.RemoteIpAddress;
        if (failures.WaitOf(from) is { } wait)
        {
            return Refuse(AuthRefusal.TooMany(wait));
        }

        failures.Add(from);
        return Refuse(refusal ?? AuthRefusal.WrongKey);
    }

    private AuthenticateResult Refuse(AuthRefusal refusal)
    {
        _refusal = refusal;
        return AuthenticateResult.Fail(refusal.Message);
    }
}
