using BlueEdge.Sessions;

namespace BlueEdge.Results;

/// <summary>What a session's results are to hold when it has finished. Pure.</summary>
internal static class ExpectedResults
{
    /// <summary>
    /// How many items each interested channel has of its start data and of all nodes that write to it. A channel is left out where none
    /// were written, and where a node did not say how many, as those of former builds do not.
    /// </summary>
    public static IEnumerable<StoredItems> Of(SessionSpec spec, SessionState state)
    {
        foreach (var channel in spec.Channels.Where(channel => channel.Interested).Select(channel => channel.Name))
        {
            long count = spec.StartData.Count(data => string.Equals(data.Channel, channel, StringComparison.Ordinal));
            var isKnown = true;
            foreach (var (_, node) in spec.Nodes.Zip(state.Nodes).Where(pair => pair.First.Outputs.Any(link => string.Equals(link.Channel, channel, StringComparison.Ordinal))))
            {
                isKnown &= node.Stored is not null;
                count += node.Stored?.Where(stored => string.Equals(stored.Channel, channel, StringComparison.Ordinal)).Sum(stored => stored.Count) ?? 0;
            }

            if (isKnown && count > 0)
            {
                yield return new(channel, count);
            }
        }
    }
}
