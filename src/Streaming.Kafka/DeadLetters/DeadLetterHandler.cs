using Orleans.Streams;
using Streaming.Kafka.Reading;

namespace Streaming.Kafka.DeadLetters;

/// <summary>
/// Called by a queue's agent when a subscriber failed for as long as a delivery may take. The agent moves on after this, so it
/// returns only when the message is safe.
/// </summary>
internal sealed class DeadLetterHandler(Func<PartitionSession?> session, DeadLetterWriter deadLetters, TimeSpan deliveryTime) : IStreamFailureHandler
{
    /// <summary>A subscription outlives the events it cannot take.</summary>
    public bool ShouldFaultSubsriptionOnError => false;

    public async Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        if (session() is { } current && sequenceToken is not null && current.Cache.Find(streamIdentity, sequenceToken.SequenceNumber) is { } container)
        {
            await deadLetters.WriteFailedAsync(
                current.Reader.Partition,
                container,
                $"Subscription {subscriptionId.Guid} did not take it within {deliveryTime}; its silo's log has the exceptions.",
                current.Cache.Ending);
        }
    }

    /// <summary>Nothing is lost: the subscriber gets the stream from its first undelivered event on.</summary>
    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken) =>
        Task.CompletedTask;
}
