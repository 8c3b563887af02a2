namespace BlueEdge.Webhooks;

/// <summary>The headers of a webhook, as the Standard Webhooks specification names them (https://www.standardwebhooks.com).</summary>
public static class WebhookHeaders
{
    /// <summary>Names the event: the same in each attempt to deliver it, so that a receiver can tell that it has it.</summary>
    public const string Id = "webhook-id";

    /// <summary>When this attempt was made: whole seconds since 1970, UTC.</summary>
    public const string Timestamp = "webhook-timestamp";

    /// <summary>A signature for each of the sender's secrets, with spaces between them: <c>v1,</c> and base64.</summary>
    public const string Signature = "webhook-signature";
}
