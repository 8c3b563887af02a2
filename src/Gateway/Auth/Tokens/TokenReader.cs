using System.Text.Json;
using BlueEdge.Callers;
using BlueEdge.Gateway.Callers;
using BlueEdge.Gateway.Http;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>Finds out whom a token is of, if it counts.</summary>
internal sealed class TokenReader(IssuerKeys keys, IOptions<OidcOptions> options, TimeProvider time)
{
    /// <summary>Those whose keys are two: what the issuer publishes cannot be used to sign.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = TokenText.Longest };

    /// <summary>Whose tokens count.</summary>
    public string Issuer => options.Value.Issuer ?? "";

    /// <param name="text">The token.</param>
    /// <param name="mayAsk">Whether the issuer may be asked for a key that is not known.</param>
    /// <param name="cancellationToken">Ends the wait for the issuer.</param>
    /// <exception cref="UnavailableException">The issuer's keys are not known.</exception>
    public async Task<TokenReading> ReadAsync(string text, bool mayAsk, CancellationToken cancellationToken)
    {
        using var token = TokenText.Read(text);
        if (token is null)
        {
            return AuthRefusal.WrongToken($"It is no signed token of three parts and at most {TokenText.Longest} characters.");
        }

        if (!Algorithms.Contains(token.Algorithm, StringComparer.Ordinal) || !token.IsOfKnownKind)
        {
            return AuthRefusal.WrongToken($"Its header is none of an access token that is signed by one of {string.Join(", ", Algorithms)}.");
        }

        var signers = await keys.FindAsync(token.KeyId, mayAsk, cancellationToken);
        return await FindFaultAsync(text, signers) is { } fault ? AuthRefusal.WrongToken(fault)
            : FindFault(token, out var endsAt) is { } untimely ? AuthRefusal.WrongToken(untimely)
            : Identify(token, endsAt);
    }

    /// <summary>Whether it is the issuer's, and for us.</summary>
    private async Task<string?> FindFaultAsync(string text, IReadOnlyList<SecurityKey> signers)
    {
        var result = await _handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidAlgorithms = Algorithms,
            ValidIssuer = Issuer,
            ValidAudience = options.Value.Audience,
            RequireSignedTokens = true,

            // Those alone that the token's key id means: what its header has else, such as an address of keys, is nobody's word.
            IssuerSigningKeyResolver = (_, _, _, _) => signers,
            TryAllIssuerSigningKeys = false,

            // By this process's clock, below.
            ValidateLifetime = false,
        });
        return result.IsValid ? null : result.Exception switch
        {
            SecurityTokenInvalidIssuerException => $"It is of another issuer than {Issuer}.",
            SecurityTokenInvalidAudienceException => $"It is for others than '{options.Value.Audience}'.",
            _ => $"It is not signed with a key of {Issuer}.",
        };
    }

    /// <summary>Whether its time is now.</summary>
    private string? FindFault(TokenText token, out DateTimeOffset endsAt)
    {
        var (now, skew) = (time.GetUtcNow(), options.Value.ClockSkew);
        endsAt = default;
        if (token.Time("exp") is not { } expires)
        {
            return "It does not say when it expires (exp).";
        }

        endsAt = expires + skew;
        return endsAt <= now ? "It has expired: get another one."
            : token.Has("nbf") && !(token.Time("nbf") <= now + skew) ? "It does not count yet (nbf): is a clock wrong?"
            : null;
    }

    private TokenReading Identify(TokenText token, DateTimeOffset endsAt)
    {
        var (tenantClaim, rolesClaim) = (options.Value.TenantClaim, options.Value.RolesClaim);
        if ((token.Text("sub") ?? token.Text("client_id")) is not { } name)
        {
            return AuthRefusal.Powerless("The token does not say whom it is of (sub, client_id).");
        }

        if (token.Claim(tenantClaim) is not { ValueKind: JsonValueKind.String } tenant || !Caller.IsTenant(tenant.GetString()))
        {
            return AuthRefusal.Powerless($"The token names no tenant: have its issuer put one into the claim '{tenantClaim}', 1 to 64 of a to z, 0 to 9, - and _.");
        }

        List<CallerRole> roles = [.. NamesIn(token.Claim(rolesClaim)).Select(RoleNames.Parse).OfType<CallerRole>().Distinct()];
        return roles is []
            ? AuthRefusal.Powerless($"The token names no role: have its issuer put one or more of {string.Join(", ", RoleNames.All)} into the claim '{rolesClaim}'.")
            : new CallerToken(Caller.Of(tenant.GetString()), Principals.Of(name, roles, Principals.ByToken), endsAt);
    }

    private static IEnumerable<string> NamesIn(JsonElement? claim) => claim switch
    {
        { ValueKind: JsonValueKind.String } text => (text.GetString() ?? "").Split(' '),
        { ValueKind: JsonValueKind.Array } texts => texts.EnumerateArray().Where(text => text.ValueKind is JsonValueKind.String).Select(text => text.GetString() ?? ""),
        _ => [],
    };
}
