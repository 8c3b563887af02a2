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
    /// <summary>Results that were not there when something happened are not looked for within so short a time after it.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether others wait for the receiver's answer, so that a call would have to wait for its turn.</summary>
    public bool IsCrowded(WebhookSpec webhook) => addresses.IsCrowded(webhook.CallbackUrl);

    /// <param name="id">The delivery's id, the same with each try.</param>
    /// <param name="webhook">Whom to call, its headers as they are stored.</param>
    /// <param name="channels">The channels whose results go with it.</param>
    /// <param name="one">What to tell.</param>
    /// <param name="isUnwritten">Whether the channels had no results when it happened.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="StoreUnavailableException">The results cannot be read now.</exception>
    public async Task<WebhookCall> CallAsync(
        DeliveryId id, WebhookSpec webhook, ImmutableArray<string> channels, SessionEvent one, bool isUnwritten, CancellationToken cancellationToken)
    {
        var begun = clock.GetUtcNow();
        try
        {
            var result = await addresses.CallAsync(
                webhook.CallbackUrl,
                async token =>
                {
                    // Only now, when it is its turn: of very many that wait for a slow receiver each would hold its results.
                    var isEmpty = isUnwritten && clock.GetUtcNow() - one.At < Moment;
                    var body = WebhookBody.Write(id.SessionId, one, isEmpty ? results.None(id.SessionId, channels) : await results.ReadAsync(id.SessionId, one, channels, token));
                    begun = clock.GetUtcNow();
                    return await client.SendAsync(Request(id, webhook, body), token);
                },
                cancellationToken);
            return Read(result, begun, one.At);
        }
        catch (BrokenCircuitException left)
        {
            return new() { LeftAloneUntil = clock.GetUtcNow() + (left.RetryAfter ?? TimeSpan.FromSeconds(1)) };
        }
        catch (BlueEdgeException error) when (error is not StoreUnavailableException)
        {
            // Its secret or its headers' key is gone: the operator may bring it back.
            metrics.Failed("secret");
            return new() { Attempt = WebhookAttempts.Failed(error.Message, begun, clock.GetUtcNow()) };
        }
    }

    private OutboundRequest Request(DeliveryId id, WebhookSpec webhook, ReadOnlyMemory<byte> body) => new()
    {
        Url = webhook.CallbackUrl,

        // By the wall clock, as the receiver's: the process's runs ahead of it where it was set back.
        Headers = secrets.SignerFor(webhook.Secret).Sign(id.ToString(), TimeProvider.System.GetUtcNow(), body.Span),
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

        return new() { Attempt = attempt, RetryAfter = attempt.IsDelivered ? null : TimeOf((result as OutboundAnswer)?.RetryAfter) };
    }

    private static string ReasonOf(OutboundResult result) => result switch
    {
        OutboundAnswer answer => ((int)answer.Status).ToString(CultureInfo.InvariantCulture),
        OutboundFailure failure => JsonNamingPolicy.KebabCaseLower.ConvertName(failure.Kind.ToString()),
        _ => "refused",
    };

    private DateTimeOffset? TimeOf(RetryConditionHeaderValue? retryAfter) => retryAfter?.Date ?? (clock.GetUtcNow() + retryAfter?.Delta);
}
