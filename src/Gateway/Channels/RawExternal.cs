using System.Text.Json;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;

namespace BlueEdge.Gateway.Channels;

/// <summary>What a channel, or a port of a single engine, says of clients that write it or listen to it, as read. Validation knows the rules.</summary>
internal sealed class RawExternal
{
    private ExternalDirection _direction;
    private bool _record;
    private TimeSpan? _writerTimeout;
    private WriterLostPolicy? _onWriterLost;

    /// <summary>Reads the member at whose value the reader stands.</summary>
    public void Read(string member, ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (member)
        {
            case "external": _direction = JsonValues.External(ref json, faults); break;
            case "record": _record = JsonValues.Boolean(ref json, faults); break;
            case "writerTimeoutSeconds": _writerTimeout = JsonValues.Seconds(ref json, faults); break;
            default: _onWriterLost = JsonValues.WriterLost(ref json, faults); break;
        }
    }

    /// <summary>The channel with what was read.</summary>
    public ChannelSpec AddTo(ChannelSpec channel) =>
        channel with { External = _direction, Record = _record, WriterTimeout = _writerTimeout, OnWriterLost = _onWriterLost };
}
