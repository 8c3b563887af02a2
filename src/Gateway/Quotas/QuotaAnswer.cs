using System.Globalization;
using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Quotas;

/// <summary>How a quota is answered: 429, which one and how much it is, and when to come back.</summary>
internal static class QuotaAnswer
{
    public static ErrorAnswer Of(QuotaExceededException refusal) =>
        new(StatusCodes.Status429TooManyRequests, refusal.Message, [new() { Pointer = "", Code = QuotaWords.Code, Message = refusal.Message }])
        {
            RetryAfter = Math.Max(1, Math.Ceiling(refusal.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
            Quota = new() { Name = QuotaWords.NameOf(refusal.Kind), Limit = refusal.Limit },
        };
}
