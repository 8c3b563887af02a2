using System.Globalization;
using System.Text;
using BlueEdge.Outbound.Http;
using BlueEdge.Webhooks;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Says of a call what whoever asked for it is told. Pure.</summary>
internal static class WebhookAttempts
{
    public static WebhookAttempt Of(OutboundResult result, DateTimeOffset begun, DateTimeOffset ended)
    {
        var answer = result as OutboundAnswer;
        return new()
        {
            At = begun,
            Duration = ended - begun,
            StatusCode = (int?)answer?.Status,
            Error = ErrorOf(result),
            Answer = answer is null ? null : Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, WebhookAttempt.LongestAnswer)]),
        };
    }

    /// <summary>One of which nothing came back, and why.</summary>
    public static WebhookAttempt Failed(string error, DateTimeOffset begun, DateTimeOffset ended) => new() { At = begun, Duration = ended - begun, Error = error };

    /// <summary>One that was not made.</summary>
    public static WebhookAttempt LeftAlone(DateTimeOffset at) => Failed("The address does not answer, and is left alone for some seconds.", at, at);

    private static string? ErrorOf(OutboundResult result) => result switch
    {
        OutboundAnswer { Status: var status } when (int)status is >= 200 and < 300 => null,
        OutboundAnswer answer => string.Create(CultureInfo.InvariantCulture, $"The receiver answered {(int)answer.Status}."),
        OutboundFailure failure => failure.Message,
        _ => ((OutboundRefused)result).Refusal.Message,
    };
}
