namespace BlueEdge.Gateway.Sockets;

/// <summary>A channel that a client has opened on a socket.</summary>
internal interface ISocketChannel
{
    /// <summary>Whether it goes on; what comes for one that does not is passed over, for the client may not know yet.</summary>
    bool IsOpen { get; }

    /// <summary>Does all there is to do, until the channel ends.</summary>
    /// <exception cref="OperationCanceledException">The socket ends before.</exception>
    Task RunAsync();

    /// <summary>The client says that it is done.</summary>
    void End();
}
