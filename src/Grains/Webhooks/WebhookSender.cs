using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using BlueEdge.Outbound.Http;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Storage;
using BlueEdge.Webhooks;
using Polly.CircuitBreaker;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Calls a receiver once: writes the body, signs it, waits for its turn at the address, and says what came back.</summary>
internal sealed class WebhookSender(
    OutboundClient client, WebhookAddresses addresses, WebhookSecrets secrets, HeaderVault vault, WebhookResultReader results, WebhookMetrics metrics, TimeProvider clock)
{
    /// <param name="id">The delivery's id, the same with each try.</param>
    /// <param name="webhook">Whom to call, its headers as they are stored.</param>
    /// <param name="channels">The channels whose results go with it.</param>
    /// <param name="one">What to tell.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="StoreUnavailableException">The results cannot be read now.</exception>
    public async Task<WebhookCall> CallAsync(
        DeliveryId id, WebhookSpec webhook, ImmutableArray<string> channels, SessionEvent one, CancellationToken cancellationToken)
    {
        var body = WebhookBody.Write(id.SessionId, one, await results.ReadAsync(id.SessionId, one, channels, cancellationToken));
        var begun = clock.GetUtcNow();
        try
        {
            var result = await addresses.CallAsync(
                webhook.CallbackUrl,
                token =>
                {
                    // It may have waited for its turn, and the receiver looks at the time.
                    begun = clock.GetUtcNow();
                    return client.SendAsync(Request(id, webhook, body, begun), token);
                },
                cancellationToken);
            return Read(result, begun, one.At);
        }
        catch (BrokenCircuitException left)
        {
            return new(null, clock.GetUtcNow() + (left.RetryAfter ?? TimeSpan.FromSeconds(1)));
        }
        catch (BlueEdgeException error) when (error is not StoreUnavailableException)
        {
            // Its secret or its headers' key is gone: the operator may bring it back.
            metrics.Failed("secret");
            return new(WebhookAttempts.Failed(error.Message, begun, clock.GetUtcNow()), null);
        }
    }

    private OutboundRequest Request(DeliveryId id, WebhookSpec webhook, ReadOnlyMemory<byte> body, DateTimeOffset at) => new()
    {
        Url = webhook.CallbackUrl,
        Headers = secrets.SignerFor(webhook.Secret).Sign(id.ToString(), at, body.Span),
        CallerHeaders = vault.Open(webhook),
        Body = body,
        SessionId = id.SessionId,
    };

    private WebhookCall Read(OutboundResult result, DateTimeOffset begun, DateTimeOffset happened)
    {
        var attempt = WebhookAttempts.Of(result, begun, clock.GetUtcNow());
        if (attempt.IsDelivered)
        {
            metrics.Delivered(clock.GetUtcNow() - happened);
        }
        else
        {
            metrics.Failed(ReasonOf(result));
        }

        return new(attempt, attempt.IsDelivered ? null : TimeOf((result as OutboundAnswer)?.RetryAfter));
    }

    private static string ReasonOf(OutboundResult result) => result switch
    {
        OutboundAnswer answer => ((int)answer.Status).ToString(CultureInfo.InvariantCulture),
        OutboundFailure failure => JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Kind.ToString()),
        _ => "refused",
    };

    private DateTimeOffset? TimeOf(RetryConditionHeaderValue? retryAfter) => retryAfter?.Date ?? (clock.GetUtcNow() + retryAfter?.Delta);
}
