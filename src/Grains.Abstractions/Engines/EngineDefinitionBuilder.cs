using System.Reflection;
using BlueEdge.Channels;

namespace BlueEdge.Engines;

/// <summary>Defines an engine, from the attributes of its class and from what is said here; the latter wins.</summary>
public sealed class EngineDefinitionBuilder
{
    private readonly Type _engine;
    private readonly List<PortDefinition> _inputs = [];
    private readonly List<PortDefinition> _outputs = [];
    private string? _id;
    private string? _name;
    private int _slots = 1;
    private bool _finishesByItself = true;

    /// <summary>Begins with what the attributes of the class say.</summary>
    /// <param name="engine">The engine's class.</param>
    public EngineDefinitionBuilder(Type engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        if (engine.GetCustomAttribute<EngineAttribute>() is { } attribute)
        {
            (_id, _name, _slots, _finishesByItself) = (attribute.Id, attribute.Name, attribute.Slots, attribute.FinishesByItself);
        }

        foreach (var input in engine.GetCustomAttributes<InputAttribute>())
        {
            WithInput(input.Name, input.Type, input.Optional, input.Description, input.ByReference);
        }

        foreach (var output in engine.GetCustomAttributes<OutputAttribute>())
        {
            WithOutput(output.Name, output.Type, output.Description);
        }
    }

    /// <summary>Sets the id that sessions name.</summary>
    public EngineDefinitionBuilder WithId(string id)
    {
        _id = id;
        return this;
    }

    /// <summary>Sets the name for people.</summary>
    public EngineDefinitionBuilder WithName(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>Sets how many sub-sessions one instance runs at once; at least 1.</summary>
    public EngineDefinitionBuilder WithSlots(int slots)
    {
        _slots = slots;
        return this;
    }

    /// <summary>Has a sub-session end only when the engine sends <c>finish</c> on Status, or is stopped.</summary>
    public EngineDefinitionBuilder FinishesByHand()
    {
        _finishesByItself = false;
        return this;
    }

    /// <summary>Adds an input.</summary>
    /// <param name="name">The engine's own name for the port.</param>
    /// <param name="type">What its items are.</param>
    /// <param name="optional">Whether a session may leave it unlinked.</param>
    /// <param name="description">A sentence for people.</param>
    /// <param name="byReference">Whether large JSON items come as references too.</param>
    public EngineDefinitionBuilder WithInput(string name, ChannelType type, bool optional = false, string? description = null, bool byReference = false)
    {
        _inputs.Add(new() { Name = name, Type = type, Optional = optional, Description = description, ByReference = byReference });
        return this;
    }

    /// <summary>Adds an output.</summary>
    /// <param name="name">The engine's own name for the port.</param>
    /// <param name="type">What its items are.</param>
    /// <param name="description">A sentence for people.</param>
    public EngineDefinitionBuilder WithOutput(string name, ChannelType type, string? description = null)
    {
        _outputs.Add(new() { Name = name, Type = type, Optional = true, Description = description });
        return this;
    }

    /// <summary>The definition.</summary>
    /// <exception cref="EngineDefinitionException">It makes no sense; the message names the class and every fault.</exception>
    public EngineDefinition Build()
    {
        if (FindFaults().ToList() is { Count: > 0 } faults)
        {
            throw new EngineDefinitionException($"Engine class {_engine.FullName} is wrongly defined: {string.Join(' ', faults)}");
        }

        if (!_outputs.Exists(port => IsStatus(port)))
        {
            _outputs.Add(WellKnownPorts.StatusPort);
        }

        return new()
        {
            Id = _id!, // Checked above.
            Name = _name ?? _id!,
            Version = _engine.Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
            Inputs = [.. _inputs],
            Outputs = [.. _outputs],
            Slots = _slots,
            FinishesByItself = _finishesByItself,
        };
    }

    private static bool IsStatus(PortDefinition port) => string.Equals(port.Name, WellKnownPorts.Status, StringComparison.Ordinal);

    private static bool IsFitForId(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';

    private IEnumerable<string> FindFaults()
    {
        if (!typeof(IEngineGrain).IsAssignableFrom(_engine))
        {
            yield return "It does not implement IEngineGrain; derive it from EngineGrain.";
        }

        if (_engine.IsAbstract || _engine.ContainsGenericParameters)
        {
            yield return "It is abstract or generic; register a concrete class.";
        }

        if (string.IsNullOrEmpty(_id))
        {
            yield return "It has no id; put [Engine(\"my-engine\")] on the class, or call WithId.";
        }
        else if (_id.Length > 128 || !_id.All(IsFitForId))
        {
            yield return $"Its id '{_id}' is not 1 to 128 letters, digits, '-', '_' or '.'.";
        }

        if (_slots < 1)
        {
            yield return $"It has {_slots} slots; it needs at least 1.";
        }

        if (_inputs.Count + _outputs.Count == 0)
        {
            yield return "It has no ports; declare at least one with [Input] or [Output].";
        }

        foreach (var fault in FindFaults("input", _inputs).Concat(FindFaults("output", _outputs)))
        {
            yield return fault;
        }

        if (_outputs.Find(IsStatus) is { } status && status.Type is not ChannelType.Json)
        {
            yield return $"Its output Status is {status.Type}; Status is always Json.";
        }
    }

    private static IEnumerable<string> FindFaults(string kind, List<PortDefinition> ports)
    {
        foreach (var port in ports.Where(port => string.IsNullOrWhiteSpace(port.Name)))
        {
            yield return $"One of its {kind}s has no name.";
        }

        foreach (var twice in ports.Where(port => !string.IsNullOrWhiteSpace(port.Name)).CountBy(port => port.Name, StringComparer.Ordinal).Where(pair => pair.Value > 1))
        {
            yield return $"Its {kind} '{twice.Key}' is declared {twice.Value} times.";
        }

        foreach (var port in ports.Where(port => !ChannelTypes.IsKnown(port.Type)))
        {
            yield return $"Its {kind} '{port.Name}' has the unknown type {port.Type}.";
        }
    }
}
