namespace BlueEdge.Validation;

/// <summary>The shape of the whole: no node feeds itself, directly or through others, and no path is too long.</summary>
internal static class GraphValidator
{
    // A message that names more nodes than this is read by nobody, and many of them would be more than linear.
    private const int NamedNodes = 16;

    public static void Validate(SessionIndex session, SessionLimits limits, FaultCollector faults)
    {
        CheckSelfLinks(session, faults);
        var search = new CycleSearch(session.Inputs, session.Outputs, session.Channels.Length);
        search.Run();
        foreach (var cycle in search.Cycles)
        {
            var output = session.Nodes[cycle.Node].Outputs[cycle.Output];
            faults.Add(
                $"/engines/{cycle.Node}/outputs/{cycle.Output}/linkTo",
                FaultCodes.Cycle,
                $"The link to {FaultText.Quote(output.Channel)} closes the cycle {Path(session, cycle)}: remove one of its links.");
        }

        var depth = LongestPath.Of(search.Finished, session.Inputs, session.Outputs, session.Channels.Length);
        if (depth > limits.Depth)
        {
            faults.Add(
                "/engines",
                FaultCodes.TooLarge,
                $"The longest path through the session has {depth} engines; {limits.Depth} are allowed.");
        }
    }

    private static void CheckSelfLinks(SessionIndex session, FaultCollector faults)
    {
        for (var node = 0; node < session.Nodes.Length; node++)
        {
            if (session.Inputs[node].IsEmpty || session.Outputs[node].IsEmpty)
            {
                continue;
            }

            var written = session.Outputs[node].ToHashSet();
            for (var input = 0; input < session.Inputs[node].Length; input++)
            {
                if (session.Inputs[node][input] is var channel && channel != SessionIndex.Unknown && written.Contains(channel))
                {
                    faults.Add(
                        $"/engines/{node}/inputs/{input}/linkTo",
                        FaultCodes.SelfLink,
                        $"The engine {FaultText.Quote(session.Nodes[node].Name)} writes the channel {FaultText.Quote(session.Channels[channel].Name)} itself: read another.");
                }
            }
        }
    }

    private static string Path(SessionIndex session, LinkCycle cycle)
    {
        var names = cycle.Path.Take(NamedNodes).Select(node => FaultText.Quote(session.Nodes[node].Name)).ToList();
        if (cycle.Length > NamedNodes)
        {
            names.Add($"({cycle.Length - NamedNodes} more)");
        }

        return string.Join(" -> ", names.Append(names[0]));
    }
}
