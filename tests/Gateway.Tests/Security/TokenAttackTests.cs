using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Tokens that somebody made who is not the issuer, or that the issuer made for something else.</summary>
public sealed class TokenAttackTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    /// <summary>Each makes a token of an issuer, with the help of an attacker's own issuer that runs too.</summary>
    private static readonly Dictionary<string, Func<Issuer, Issuer, string>> Attacks = new(StringComparer.Ordinal)
    {
        ["nothing"] = (_, _) => "",
        ["garbage"] = (_, _) => "eyJhbGciOiJSUzI1NiJ9.garbage.garbage",
        ["two parts"] = (issuer, _) => string.Join('.', issuer.Token(Now).Split('.')[..2]),
        ["four parts"] = (issuer, _) => $"{issuer.Token(Now)}.more",
        ["five parts, as if encrypted"] = (issuer, _) => $"{issuer.Token(Now)}.more.more",
        ["no signature"] = (issuer, _) => $"{string.Join('.', issuer.Token(Now).Split('.')[..2])}.",
        ["too long"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "more", new string('x', 16 * 1024))),
        ["alg none"] = (issuer, _) => Unsigned(issuer, "none"),
        ["alg None"] = (issuer, _) => Unsigned(issuer, "None"),
        ["alg NONE with a signature"] = (issuer, _) => issuer.Keys[0].Sign(issuer.Claims(Now), ("alg", "NONE")),
        ["alg empty"] = (issuer, _) => issuer.Keys[0].Sign(issuer.Claims(Now), ("alg", "")),
        ["alg missing"] = (issuer, _) => IssuerKey.Sign("""{"kid": "one"}""", issuer.Claims(Now).ToJsonString(), issuer.Keys[0].SignBytes),
        ["alg rs256 in small letters"] = (issuer, _) => issuer.Keys[0].Sign(issuer.Claims(Now), ("alg", "rs256")),
        ["alg twice"] = (issuer, _) => IssuerKey.Sign("""{"alg": "none", "kid": "one", "alg": "RS256"}""", issuer.Claims(Now).ToJsonString(), issuer.Keys[0].SignBytes),
        ["alg another of the same key"] = (issuer, _) => issuer.Keys[0].Sign(issuer.Claims(Now), ("alg", "PS256")),
        ["HS256 with the public key as PEM"] = (issuer, _) => Hmac(issuer, Encoding.ASCII.GetBytes(issuer.Keys[0].Pem)),
        ["HS256 with the public key as PEM and a line break"] = (issuer, _) => Hmac(issuer, Encoding.ASCII.GetBytes(issuer.Keys[0].Pem + "\n")),
        ["HS256 with the modulus"] = (issuer, _) => Hmac(issuer, Modulus(issuer)),
        ["HS256 with the modulus as base64url"] = (issuer, _) => Hmac(issuer, Encoding.ASCII.GetBytes(issuer.Keys[0].Published()["n"]!.GetValue<string>())), // Of every RSA key.
        ["HS256 with nothing"] = (issuer, _) => Hmac(issuer, []),
        ["another's key"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now)),
        ["another's key without a name"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", null)),
        ["another issuer's whole token"] = (_, attacker) => attacker.Token(Now),
        ["wrong issuer"] = (issuer, attacker) => issuer.Keys[0].Sign(With(issuer, "iss", attacker.Address)),
        ["issuer with a slash more"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "iss", issuer.Address + "/")),
        ["no issuer"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "iss", null)),
        ["wrong audience"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "aud", "another")),
        ["audience in part"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "aud", "blueedge2")),
        ["no audience"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "aud", null)),
        ["expired"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "exp", Now.ToUnixTimeSeconds() - 31)),
        ["never expires"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "exp", null)),
        ["expires at a text"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "exp", "9999999999")),
        ["expires beyond all time"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "exp", 1e300)),
        ["not yet valid"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "nbf", Now.ToUnixTimeSeconds() + 300)),
        ["valid from a text on"] = (issuer, _) => issuer.Keys[0].Sign(With(issuer, "nbf", "0")),
        ["kid a path"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", "../../../../dev/null")),
        ["kid a path, signed with nothing"] = (issuer, _) => Hmac(issuer, [], "/dev/null"),
        ["kid an address"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", $"{attacker.Address}/keys")),
        ["kid like SQL"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", "one' OR '1'='1")),
        ["kid a number"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", 1)),
        ["jku an attacker's"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", "evil"), ("jku", $"{attacker.Address}/keys")),
        ["x5u an attacker's"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("kid", "evil"), ("x5u", $"{attacker.Address}/keys")),
        ["jwk an attacker's"] = (issuer, attacker) => attacker.Keys[0].Sign(issuer.Claims(Now), ("jwk", attacker.Keys[0].Published())),
        ["crit that nobody knows"] = (issuer, _) => issuer.Keys[0].Sign(issuer.Claims(Now), ("crit", new JsonArray("http://example.com/unknown"))),
        ["typ of a logout"] = (issuer, _) => issuer.Keys[0].Sign(issuer.Claims(Now), ("typ", "logout+jwt")),
        ["claims twice"] = (issuer, _) => IssuerKey.Sign("""{"alg": "RS256", "kid": "one"}""", issuer.Claims(Now, "viewer").ToJsonString().Replace("\"tenant\"", "\"tenant\":\"blue\",\"tenant\"", StringComparison.Ordinal), issuer.Keys[0].SignBytes),
        ["claims changed"] = (issuer, _) => Spliced(issuer.Token(Now, "viewer"), issuer.Token(Now, "admin")),
        ["claims no object"] = (issuer, _) => IssuerKey.Sign("""{"alg": "RS256", "kid": "one"}""", "[]", issuer.Keys[0].SignBytes),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task It_is_refused_in_the_envelope_with_a_reason(string attack)
    {
        var (issuer, attacker, guarded) = (attacked.Issuer, attacked.Attacker, attacked.Guarded);

        var answer = await guarded.AskAsync(HttpMethod.Get, "engines", Attacks[attack](issuer, attacker));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith("The token does not count. ", answer.Message, StringComparison.Ordinal);
        Assert.Equal("Bearer realm=\"BlueEdge\", error=\"invalid_token\"", answer.Response.Headers.WwwAuthenticate.ToString());
        Assert.Equal(0, attacker.Asked);
        Assert.Equal(HttpStatusCode.OK, await guarded.StatusAsync(HttpMethod.Get, "engines", issuer.Token(Now)));
    }

    [Fact]
    public async Task A_secret_that_is_published_among_the_keys_signs_nothing()
    {
        await using var issuer = await Issuer.StartAsync();
        var secret = RandomNumberGenerator.GetBytes(64);
        IssuerKey shared = new("shared", "HS256", () => new() { ["kty"] = "oct", ["kid"] = "shared", ["k"] = System.Buffers.Text.Base64Url.EncodeToString(secret) }, data => HMACSHA256.HashData(secret, data), "");
        issuer.Keys = [.. issuer.Keys, shared];
        await using var guarded = await Guarded.StartAsync(issuer);

        Assert.Equal(HttpStatusCode.Unauthorized, await guarded.StatusAsync(HttpMethod.Get, "engines", shared.Sign(issuer.Claims(Now))));
    }

    private static JsonObject With(Issuer issuer, string claim, JsonNode? value)
    {
        var claims = issuer.Claims(Now);
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value;
        }

        return claims;
    }

    private static string Unsigned(Issuer issuer, string algorithm) => IssuerKey.Sign($$"""{"alg": "{{algorithm}}"}""", issuer.Claims(Now).ToJsonString(), _ => []);

    private static string Hmac(Issuer issuer, byte[] key, string id = "one") =>
        IssuerKey.Sign($$"""{"alg": "HS256", "typ": "JWT", "kid": "{{id}}"}""", issuer.Claims(Now).ToJsonString(), data => HMACSHA256.HashData(key, data));

    private static byte[] Modulus(Issuer issuer) => System.Buffers.Text.Base64Url.DecodeFromChars(issuer.Keys[0].Published()["n"]!.GetValue<string>()); // Of every RSA key.

    private static string Spliced(string signed, string claims) => $"{signed.Split('.')[0]}.{claims.Split('.')[1]}.{signed.Split('.')[2]}";
}
