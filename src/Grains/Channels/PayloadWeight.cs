using BlueEdge.Channels;

namespace BlueEdge.Grains.Channels;

/// <summary>What windows and messages are measured by.</summary>
public static class PayloadWeight
{
    extension(Payload payload)
    {
        /// <summary>About how many bytes travel with the item.</summary>
        public int Weight => payload.Bytes.Length + (payload.Envelope?.Size ?? 0);
    }
}
