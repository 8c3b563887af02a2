using BlueEdge.Channels;
using BlueEdge.EngineHost.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Trials;

/// <summary>One linked input of an engine on trial, and the one writer that feeds it. Its channel is named after its port.</summary>
internal sealed class TrialInput(Inbox inbox, SubSessionKey reader, int epoch, string port)
{
    /// <summary>The writing node's name.</summary>
    public const string Writer = "test";

    private readonly Lock _lock = new();
    private long _next;

    public bool HasEnded { get; private set; }

    public void Send(Payload payload)
    {
        lock (_lock)
        {
            if (HasEnded)
            {
                throw new InvalidOperationException($"Input '{port}' has ended, and takes no more items.");
            }

            Deliver(new() { Reader = reader, Epoch = epoch, Channel = port, Producer = Writer, FirstSequence = _next++, Items = [payload] });
        }
    }

    /// <summary>Says that no more comes; doing it again changes nothing.</summary>
    public void End()
    {
        lock (_lock)
        {
            HasEnded = true;
            Deliver(new() { Reader = reader, Epoch = epoch, Channel = port, Producer = Writer, FirstSequence = _next, Items = [], Ended = true });
        }
    }

    // The inbox of a test has no bounds, and one that is closed drops what comes, as it does in a silo.
    private void Deliver(ChannelDelivery delivery) => inbox.Accept(delivery);
}
