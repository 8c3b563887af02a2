using BlueEdge.Outbound;
using BlueEdge.Outbound.Http;
using BlueEdge.Sessions;
using BlueEdge.Sessions.Events;
using BlueEdge.Validation;
using BlueEdge.Webhooks;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Polly.CircuitBreaker;

namespace BlueEdge.Grains.Webhooks;

/// <summary>Calls receivers on behalf of those who try them: as an event would be sent, among the silo's other calls to the address.</summary>
[GrainType("webhook-test"), StatelessWorker]
internal sealed class WebhookTestGrain(
    OutboundClient client, WebhookAddresses addresses, WebhookSecrets secrets, IOptions<OutboundOptions> outbound, TimeProvider clock) : Grain, IWebhookTestGrain
{
    public async Task<WebhookTestReport> CallAsync(WebhookSpec webhook, CancellationToken cancellationToken)
    {
        if (webhook.Secret is { } name && !secrets.Has(name))
        {
            FaultCollector faults = new();
            faults.Add("/secret", FaultCodes.UnknownSecret, $"The operator has set no secret {FaultText.Quote(name)}; leave it out to have the usual one.");
            return new() { Faults = faults.ToList().Listed };
        }

        // Named after a session that nobody has, so that a receiver which keeps ids takes each test for a new one.
        var id = new DeliveryId(SessionIds.Create(), clock.GetUtcNow(), Webhook: 0, Event: 1);
        var body = WebhookBody.Write(id.SessionId, EventAt(id.SubmittedAt), results: []);
        var signer = secrets.SignerFor(webhook.Secret);
        var begun = id.SubmittedAt;
        using var patience = new CancellationTokenSource(outbound.Value.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var result = await addresses.CallAsync(
                webhook.CallbackUrl,
                token =>
                {
                    // It may have waited for its turn, and the receiver looks at the time by the wall clock, of which the process's may be ahead.
                    begun = clock.GetUtcNow();
                    var headers = signer.Sign(id.ToString(), TimeProvider.System.GetUtcNow(), body.Span);
                    return client.SendAsync(new() { Url = webhook.CallbackUrl, Headers = headers, CallerHeaders = webhook.CallbackHeader, Body = body }, token);
                },
                either.Token);
            return Report(WebhookAttempts.Of(result, begun, clock.GetUtcNow()));
        }
        catch (BrokenCircuitException)
        {
            return Report(WebhookAttempts.LeftAlone(clock.GetUtcNow()));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Report(Failed($"There was no whole answer within {outbound.Value.Timeout.TotalSeconds:0.#} s, other calls to the address included."));
        }

        WebhookTestReport Report(WebhookAttempt attempt) => new() { IsSigned = signer.HasSecret, Attempt = attempt };

        WebhookAttempt Failed(string error) => WebhookAttempts.Failed(error, begun, clock.GetUtcNow());
    }

    private static SessionEvent EventAt(DateTimeOffset at) => new()
    {
        Number = 1,
        At = at,
        Kind = SessionEventKind.EngineSaid,
        Epoch = 1,
        Said = new() { Type = IWebhookTestGrain.EventType, Message = """{"type":"test"}"""u8.ToArray() },
    };
}
