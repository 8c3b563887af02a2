namespace BlueEdge.Gateway.OpenApi;

/// <summary>What the API reference says about webhooks.</summary>
internal static class WebhookDocs
{
    public const string Read =
        "For each webhook of the session, in the order of its submission: how many events arrived, were given up or lost, and the newest of them, each with its last try "
        + "and with what the receiver answered. Kept as long as the session's results. An `id` is what the receiver gets as `webhook-id`.";

    public const string Redeliver =
        "Calls the receiver now, once, whatever became of the event before, with the same `webhook-id`, and answers what came of it. An event that waits behind others "
        + "is sent and stays waiting: its turn is yet to come. The call takes as long as the receiver does, up to `BlueEdge:Outbound:Timeout`, 15 s unless configured.";

    public const string Test =
        "Sends one event of type `test` to the address, signed as a session's events would be, and answers what came back. It is sent once, and not kept. "
        + "Faults of address, headers and secret are those of a submission. What the address answers, or that it does not, is no error of this call: `data.delivered` says whether it took it.";
}
