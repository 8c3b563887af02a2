namespace Streaming.Kafka;

/// <summary>A way from a producer through the broker to a consumer.</summary>
internal interface ISubject
{
    /// <summary>Where what arrived is noted.</summary>
    Arrivals Arrivals { get; }

    /// <summary>Sends a message; done when it is acknowledged.</summary>
    Task SendAsync(byte[] message);
}
