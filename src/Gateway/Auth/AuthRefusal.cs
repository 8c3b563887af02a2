namespace BlueEdge.Gateway.Auth;

/// <summary>Why nobody knows who calls.</summary>
/// <param name="StatusCode">What is answered.</param>
/// <param name="Message">What is said.</param>
internal sealed record AuthRefusal(int StatusCode, string Message)
{
    private const string InvalidToken = "invalid_token";

    /// <summary>The request brings none.</summary>
    public static AuthRefusal NoKey { get; } = new(
        StatusCodes.Status401Unauthorized, "This wants an API key: send it as 'Authorization: Bearer be_…'. Who may administer makes one (POST /api/v1/keys).");

    /// <summary>What it brings is no key that counts. Which of these it is is told to nobody.</summary>
    public static AuthRefusal WrongKey { get; } = new(
        StatusCodes.Status401Unauthorized, "The API key does not count: it was never one, was revoked, or has expired. Have another one made (POST /api/v1/keys).")
    {
        Error = InvalidToken,
    };

    /// <summary>What the header <c>WWW-Authenticate</c> calls it (RFC 6750); <see langword="null"/> where nothing was brought.</summary>
    public string? Error { get; private init; }

    /// <summary>When to come back; <see langword="null"/> says nothing.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>The request brings none, where tokens count.</summary>
    public static AuthRefusal NoToken(string issuer, bool orKey) => new(
        StatusCodes.Status401Unauthorized, $"This wants a token of {issuer}{(orKey ? ", or an API key" : "")}: send it as 'Authorization: Bearer …'.");

    /// <summary>The token does not count.</summary>
    /// <param name="why">Why, as a sentence.</param>
    public static AuthRefusal WrongToken(string why) => new(StatusCodes.Status401Unauthorized, $"The token does not count. {why}") { Error = InvalidToken };

    /// <summary>The token counts, and says of nobody who may do anything here.</summary>
    /// <param name="why">What it lacks, as a sentence.</param>
    public static AuthRefusal Powerless(string why) => new(StatusCodes.Status403Forbidden, why) { Error = "insufficient_scope" };

    public static AuthRefusal TooMany(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests,
        $"More than {FailedAuthentications.Most} API keys and tokens that do not count came from your address within a minute: come back later, or with one that counts.")
    {
        RetryAfter = wait,
    };

    public static AuthRefusal Unavailable(string why) => new(StatusCodes.Status503ServiceUnavailable, $"Who calls cannot be found out now. {why}")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
