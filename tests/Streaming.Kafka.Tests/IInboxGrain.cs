namespace Streaming.Kafka;

/// <summary>Subscribes to the streams of its namespace, and hands what comes to the test.</summary>
[Alias("test.inbox")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Ends the activation; the next event begins another.</summary>
    [Alias("deactivate")]
    Task DeactivateAsync();
}
