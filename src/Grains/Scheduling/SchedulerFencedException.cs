namespace BlueEdge.Grains.Scheduling;

/// <summary>A newer activation of the scheduler has taken over; this one may write no more.</summary>
[GenerateSerializer, Alias("blueedge.scheduler-fenced")]
internal sealed class SchedulerFencedException : BlueEdgeException
{
    public SchedulerFencedException()
    {
    }

    public SchedulerFencedException(string message)
        : base(message)
    {
    }

    public SchedulerFencedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
