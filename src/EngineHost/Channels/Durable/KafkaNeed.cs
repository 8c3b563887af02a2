using BlueEdge.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Streaming.Kafka;

namespace BlueEdge.EngineHost.Channels.Durable;

/// <summary>A host whose channels are durable starts with the topic of the mailboxes; without, its start would fail.</summary>
internal sealed class KafkaNeed(IOptionsMonitor<KafkaStreamOptions> streams, ILoggerFactory logs) : IStartNeed
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "kafka";

    public async Task<string?> FindFaultAsync(CancellationToken cancellationToken)
    {
        var options = streams.Get(DurableTransport.StreamProvider);
        return await KafkaTopics.TryEnsureAsync(options, Patience, logs).WaitAsync(cancellationToken) is { } fault
            ? $"The topics of the Kafka at '{options.BootstrapServers}' (BlueEdge:Kafka:BootstrapServers) are not ready: {fault} Look whether its brokers run."
            : null;
    }

    public bool WasMissed(Exception error) => error is KafkaStreamException { InnerException: TimeoutException };
}
