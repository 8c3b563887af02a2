using BlueEdge.Engines;

namespace BlueEdge.Validation;

/// <summary>Nodes: at least one, not too many, a name each, used once, and an engine that is known.</summary>
internal static class NodeValidator
{
    public static void Validate(
        SessionIndex session,
        IReadOnlyDictionary<string, EngineDefinition> engines,
        SessionLimits limits,
        FaultCollector faults)
    {
        if (session.Nodes.IsEmpty)
        {
            faults.Add("/engines", FaultCodes.Required, "A session needs at least one engine.");
        }

        if (session.Nodes.Length > limits.Engines)
        {
            faults.Add(
                "/engines",
                FaultCodes.TooLarge,
                $"The session has {session.Nodes.Length} engines; {limits.Engines} are allowed.");
        }

        var names = new Dictionary<string, int>(session.Nodes.Length, StringComparer.Ordinal);
        for (var node = 0; node < session.Nodes.Length; node++)
        {
            CheckEngine(session.Nodes[node].Engine, node, engines, faults);
            CheckName(session.Nodes[node].Name, node, names, limits, faults);
        }
    }

    private static void CheckEngine(
        string? engine, int node, IReadOnlyDictionary<string, EngineDefinition> engines, FaultCollector faults)
    {
        if (string.IsNullOrEmpty(engine))
        {
            faults.Add($"/engines/{node}/id", FaultCodes.Required, "The id of an engine is required.");
        }
        else if (!engines.ContainsKey(engine))
        {
            faults.Add(
                $"/engines/{node}/id",
                FaultCodes.UnknownEngine,
                $"There is no engine {FaultText.Quote(engine)}; GET /api/v1/engines lists those there are.");
        }
    }

    private static void CheckName(
        string? name, int node, Dictionary<string, int> names, SessionLimits limits, FaultCollector faults)
    {
        NameRules.Check(name, "engines", node, limits, faults);
        if (!string.IsNullOrWhiteSpace(name) && !names.TryAdd(name, node))
        {
            faults.Add(
                $"/engines/{node}/name",
                FaultCodes.DuplicateName,
                $"The engine {names[name]} is called {FaultText.Quote(name)} already: give each its own name.");
        }

        // As with channels: a client takes these for steps in an address.
        if (name is "." or "..")
        {
            faults.Add(
                $"/engines/{node}/name",
                FaultCodes.Malformed,
                $"An engine called {FaultText.Quote(name)} has no address to be read and stopped at: give it another name.");
        }
    }
}
