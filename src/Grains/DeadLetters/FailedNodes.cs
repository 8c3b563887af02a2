using System.Collections.Immutable;
using BlueEdge.DeadLetters;
using BlueEdge.Grains.Sessions;
using BlueEdge.Sessions;

namespace BlueEdge.Grains.DeadLetters;

/// <summary>Picks what is dead from what was in hand.</summary>
public static class FailedNodes
{
    /// <summary>Of the items that nodes had in hand last: those of nodes that failed, in the session's last attempt.</summary>
    public static ImmutableArray<DeadLetter> Pick(this IEnumerable<DeadLetter> kept, SessionSpec spec, SessionState state)
    {
        var letters = kept.ToDictionary(letter => letter.Node, StringComparer.Ordinal);
        return
        [
            .. spec.Nodes.Zip(state.Nodes)
                .Where(node => node.Second.Status is SubSessionStatus.Failed)
                .Select(node => (Node: node.Second, Letter: letters.GetValueOrDefault(node.First.Name)))
                .Where(pair => pair.Letter?.Epoch == state.Epoch)
                .Select(pair => pair.Letter! with { Error = pair.Letter.Error ?? pair.Node.Error }), // Asked for just above.
        ];
    }
}
