using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace Streaming.Kafka.Partitions;

/// <summary>This silo's queues are the partitions whose owner it is; a change is passed on as soon as it is raised.</summary>
internal sealed partial class PartitionQueueBalancer : QueueBalancerBase
{
    private readonly IKafkaPartitionOwners _owners;
    private IReadOnlyList<QueueId> _all = [];

    public PartitionQueueBalancer(IServiceProvider services, IKafkaPartitionOwners owners, ILogger<PartitionQueueBalancer> logger)
        : base(services, logger) => _owners = owners;

    public override Task Initialize(IStreamQueueMapper queueMapper)
    {
        _all = [.. queueMapper.GetAllQueues()];
        _owners.Changed += OnChanged;
        return base.Initialize(queueMapper);
    }

    public override Task Shutdown()
    {
        _owners.Changed -= OnChanged;
        return base.Shutdown();
    }

    public override IEnumerable<QueueId> GetMyQueues() =>
        [.. _all.Where(queue => SiloAddress.Equals(_owners.GetOwner(PartitionQueueMapper.PartitionOf(queue))))];

    /// <summary>Who owns what is for the owners to say; they follow the membership themselves.</summary>
    protected override void OnClusterMembershipChange(HashSet<SiloAddress> activeSilos) => Notify();

    private void OnChanged(object? sender, EventArgs args) => Notify();

    private void Notify()
    {
        using (ExecutionContext.SuppressFlow())
        {
            _ = NotifyAsync();
        }
    }

    private async Task NotifyAsync()
    {
        try
        {
            await NotifyListeners().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            LogFailed(Logger, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A change of partition owners was not taken in; the next change repeats it.")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
