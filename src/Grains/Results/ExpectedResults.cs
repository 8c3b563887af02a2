using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.Results;

/// <summary>What a session's results are to hold when it has finished. Pure, and linear in the size of the spec.</summary>
public static class ExpectedResults
{
    /// <summary>
    /// How many items each interested channel has of its start data and of all nodes that write to it. A channel is left out where none
    /// were written, and where a node did not say how many, as those of former builds do not.
    /// </summary>
    public static IEnumerable<StoredItems> Of(SessionSpec spec, SessionState state)
    {
        var counts = spec.Channels.Where(channel => channel.Interested).ToDictionary(channel => channel.Name, _ => 0L, StringComparer.Ordinal);
        foreach (var data in spec.StartData.Where(data => counts.ContainsKey(data.Channel)))
        {
            counts[data.Channel]++;
        }

        foreach (var (node, written) in spec.Nodes.Zip(state.Nodes))
        {
            foreach (var link in written.Stored is null ? node.Outputs : [])
            {
                counts.Remove(link.Channel);
            }

            foreach (var (channel, count) in (written.Stored ?? []).Where(stored => counts.ContainsKey(stored.Channel)))
            {
                counts[channel] += count;
            }
        }

        return counts.Where(pair => pair.Value > 0).Select(pair => new StoredItems(pair.Key, pair.Value));
    }
}
