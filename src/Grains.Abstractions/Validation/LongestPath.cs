using System.Collections.Immutable;

namespace BlueEdge.Validation;

/// <summary>Counts the nodes on the longest path.</summary>
internal static class LongestPath
{
    /// <param name="finished">Every node, each after all that it feeds.</param>
    /// <param name="inputs">By node, the channels that it reads.</param>
    /// <param name="outputs">By node, the channels that it writes.</param>
    /// <param name="channels">How many channels there are.</param>
    public static int Of(
        List<int> finished,
        ImmutableArray<ImmutableArray<int>> inputs,
        ImmutableArray<ImmutableArray<int>> outputs,
        int channels)
    {
        var reached = new int[channels];
        var longest = 0;
        for (var place = finished.Count - 1; place >= 0; place--)
        {
            var depth = 1;
            foreach (var channel in inputs[finished[place]])
            {
                depth = channel == SessionIndex.Unknown ? depth : Math.Max(depth, reached[channel] + 1);
            }

            foreach (var channel in outputs[finished[place]])
            {
                if (channel != SessionIndex.Unknown)
                {
                    reached[channel] = Math.Max(reached[channel], depth);
                }
            }

            longest = Math.Max(longest, depth);
        }

        return longest;
    }
}
