namespace BlueEdge.Gateway.Auth;

/// <summary>Why nobody knows who calls.</summary>
/// <param name="StatusCode">What is answered.</param>
/// <param name="Message">What is said.</param>
internal sealed record AuthRefusal(int StatusCode, string Message)
{
    /// <summary>The request brings none.</summary>
    public static AuthRefusal NoKey { get; } = new(
        StatusCodes.Status401Unauthorized, "This wants an API key: send it as 'Authorization: Bearer be_…'. Who may administer makes one (POST /api/v1/keys).");

    /// <summary>What it brings is no key that counts. Which of these it is is told to nobody.</summary>
    public static AuthRefusal WrongKey { get; } = new(
        StatusCodes.Status401Unauthorized, "The API key does not count: it was never one, was revoked, or has expired. Have another one made (POST /api/v1/keys).");

    /// <summary>When to come back; <see langword="null"/> says nothing.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    public static AuthRefusal TooMany(TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, $"More than {FailedAuthentications.Most} wrong API keys came from your address within a minute: come back later, or with a key that counts.")
    {
        RetryAfter = wait,
    };

    public static AuthRefusal Unavailable(string why) => new(StatusCodes.Status503ServiceUnavailable, $"API keys cannot be looked at now. {why}")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };
}
