namespace BlueEdge.Client.Webhooks;

/// <summary>Whether a webhook is what it says, and if not why not.</summary>
public enum WebhookVerification
{
    /// <summary>It was signed with a secret that the receiver knows, lately.</summary>
    Valid,

    /// <summary>One of the three headers is missing or empty.</summary>
    HeaderMissing,

    /// <summary>The timestamp is no whole number of seconds.</summary>
    TimestampMalformed,

    /// <summary>It was sent longer ago than the tolerance: somebody sends it again, or a clock is wrong.</summary>
    TooOld,

    /// <summary>It was sent further in the future than the tolerance: a clock is wrong.</summary>
    TooNew,

    /// <summary>No signature is of a version that the receiver knows (<c>v1</c>).</summary>
    SignatureUnknown,

    /// <summary>No signature fits: the body, the id or the time was changed, or it was signed with another secret.</summary>
    SignatureWrong,
}
