namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>What a token came to: one of both is there.</summary>
/// <param name="Token">The token, where it counts.</param>
/// <param name="Refusal">Why it does not.</param>
internal sealed record TokenReading(CallerToken? Token, AuthRefusal? Refusal)
{
    public static implicit operator TokenReading(CallerToken token) => new(token, null);

    public static implicit operator TokenReading(AuthRefusal refusal) => new(null, refusal);
}
