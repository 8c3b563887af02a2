using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>A key to sign tokens with.</summary>
/// <param name="Id">What it is called.</param>
/// <param name="Algorithm">What it signs by.</param>
/// <param name="Published">The half that others are shown, as JSON.</param>
/// <param name="SignBytes">Signs.</param>
/// <param name="Pem">The half that others are shown, as text.</param>
internal sealed record IssuerKey(string Id, string Algorithm, Func<JsonObject> Published, Func<byte[], byte[]> SignBytes, string Pem)
{
    /// <summary>One for many tests: to make such takes long.</summary>
    public static IssuerKey One { get; } = Rsa("one");

    /// <summary>Another of the same name.</summary>
    public static IssuerKey Other { get; } = Rsa("one");

    public static IssuerKey Rsa(string id, string algorithm = "RS256")
    {
        var key = RSA.Create(2_048);
        var shown = key.ExportParameters(includePrivateParameters: false);
        var padding = algorithm[0] is 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return new(
            id,
            algorithm,
            () => new() { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = id, ["n"] = Base64Url.EncodeToString(shown.Modulus), ["e"] = Base64Url.EncodeToString(shown.Exponent) },
            data => key.SignData(data, HashAlgorithmName.SHA256, padding),
            key.ExportSubjectPublicKeyInfoPem());
    }

    public static IssuerKey Ec(string id)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var shown = key.ExportParameters(includePrivateParameters: false).Q;
        return new(
            id,
            "ES256",
            () => new() { ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["kid"] = id, ["x"] = Base64Url.EncodeToString(shown.X), ["y"] = Base64Url.EncodeToString(shown.Y) },
            data => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
            key.ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>A token that says what it is told to, in its header too.</summary>
    public string Sign(JsonObject claims, params (string Name, JsonNode? Value)[] header)
    {
        JsonObject head = new() { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = Id };
        foreach (var (name, value) in header)
        {
            head[name] = value;
        }

        return Sign(head.ToJsonString(), claims.ToJsonString(), SignBytes);
    }

    /// <summary>A token of any text.</summary>
    public static string Sign(string header, string claims, Func<byte[], byte[]> sign)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
