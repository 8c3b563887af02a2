using System.Collections.Immutable;
using BlueEdge.Channels;
using BlueEdge.Engines;

namespace BlueEdge.Validation;

/// <summary>Finds all that is wrong with an engine's definition that somebody registers.</summary>
public static class EngineValidator
{
    /// <summary>Characters an id.</summary>
    public const int LongestId = 128;

    /// <summary>Inputs, and outputs, of an engine.</summary>
    public const int MostPorts = 1_000;

    /// <summary>Slots an instance.</summary>
    public const int MostSlots = 100_000;

    private const int LongestName = 256;
    private const int LongestDescription = 2_000;

    /// <summary>Whether a text can be an engine's id: 1 to 128 letters, digits, '-', '_' or '.'.</summary>
    public static bool IsId(string? id) =>
        id is { Length: > 0 and <= LongestId } && id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.') && id is not ("." or "..");

    /// <summary>The faults, each with its JSON pointer into the definition; of a type that is unknown nothing is said.</summary>
    public static FaultList Validate(EngineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        FaultCollector faults = new();
        if (!IsId(definition.Id))
        {
            faults.Add("/id", FaultCodes.Malformed, $"The id {FaultText.Quote(definition.Id)} is not 1 to {LongestId} letters, digits, '-', '_' or '.'.");
        }

        CheckText("/name", definition.Name, LongestName, faults);
        CheckText("/version", definition.Version, LongestName, faults);
        if (definition.Slots is < 1 or > MostSlots)
        {
            faults.Add("/slots", FaultCodes.OutOfRange, $"An instance has 1 to {MostSlots} slots, not {definition.Slots}.");
        }

        var (inputs, outputs) = (OrNone(definition.Inputs), OrNone(definition.Outputs));
        if (inputs.IsEmpty && outputs.All(IsStatus))
        {
            faults.Add("/inputs", FaultCodes.Required, "An engine has at least one input or output besides Status.");
        }

        CheckPorts("inputs", inputs, faults);
        CheckPorts("outputs", outputs, faults);
        if (outputs.Index().FirstOrDefault(port => IsStatus(port.Item)) is (var place, { Type: not ChannelType.Json } status) && ChannelTypes.IsKnown(status.Type))
        {
            faults.Add($"/outputs/{place}/type", FaultCodes.TypeMismatch, $"Status is always JSON, not {ChannelTypes.Name(status.Type)}.");
        }

        return faults.ToList();
    }

    private static void CheckPorts(string list, ImmutableArray<PortDefinition> ports, FaultCollector faults)
    {
        if (ports.Length > MostPorts)
        {
            faults.Add($"/{list}", FaultCodes.TooLarge, $"There are {ports.Length} {list}; {MostPorts} are allowed.");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (place, port) in ports.Index())
        {
            if (string.IsNullOrWhiteSpace(port.Name))
            {
                faults.Add($"/{list}/{place}/name", FaultCodes.Required, "A name is required.");
            }
            else if (!seen.Add(port.Name))
            {
                faults.Add($"/{list}/{place}/name", FaultCodes.DuplicatePort, $"The name {FaultText.Quote(port.Name)} is given twice.");
            }
            else
            {
                CheckText($"/{list}/{place}/name", port.Name, LongestName, faults);
            }

            CheckText($"/{list}/{place}/description", port.Description, LongestDescription, faults);
        }
    }

    private static void CheckText(string pointer, string? text, int longest, FaultCollector faults)
    {
        if (text?.Length > longest)
        {
            faults.Add($"{pointer}", FaultCodes.TooLarge, $"The text {FaultText.Quote(text)} has {text.Length} characters; {longest} are allowed.");
        }
        else if (text is not null && !NameRules.IsText(text))
        {
            faults.Add($"{pointer}", FaultCodes.Malformed, $"The text {FaultText.Quote(text)} holds control characters or half a surrogate pair: leave them out.");
        }
    }

    private static bool IsStatus(PortDefinition port) => string.Equals(port.Name, WellKnownPorts.Status, StringComparison.Ordinal);

    private static ImmutableArray<PortDefinition> OrNone(ImmutableArray<PortDefinition> ports) => ports.IsDefault ? [] : ports;
}
