namespace BlueEdge.Grains.Scheduling;

/// <summary>A newer activation of the scheduler has taken over; this one may write no more.</summary>
[GenerateSerializer, Alias("blueedge.scheduler-fenced")]
public sealed class SchedulerFencedException : BlueEdgeException
{
    /// <inheritdoc/>
    public SchedulerFencedException()
    {
    }

    /// <inheritdoc/>
    public SchedulerFencedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public SchedulerFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
