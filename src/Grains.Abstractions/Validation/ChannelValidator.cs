using BlueEdge.Channels;

namespace BlueEdge.Validation;

/// <summary>Channels: a name each, used once, and a type.</summary>
internal static class ChannelValidator
{
    public static void Validate(SessionIndex session, SessionLimits limits, FaultCollector faults)
    {
        if (session.Channels.Length > limits.Channels)
        {
            faults.Add(
                "/dataChannels",
                FaultCodes.TooLarge,
                $"The session has {session.Channels.Length} channels; {limits.Channels} are allowed.");
        }

        for (var channel = 0; channel < session.Channels.Length; channel++)
        {
            var (name, type) = (session.Channels[channel].Name, session.Channels[channel].Type);
            NameRules.Check(name, "dataChannels", channel, limits, faults);
            CheckAddress(name, channel, faults);
            if (!string.IsNullOrWhiteSpace(name) && session.FindChannel(name) is var first && first != channel)
            {
                faults.Add(
                    $"/dataChannels/{channel}/name",
                    FaultCodes.DuplicateName,
                    $"The channel {first} is called {FaultText.Quote(name)} already: give each its own name.");
            }

            if (!ChannelTypes.IsKnown(type))
            {
                faults.Add(
                    $"/dataChannels/{channel}/type", FaultCodes.Malformed, $"A channel's type is {ChannelTypes.Choice}.");
            }
        }
    }

    /// <summary>A client takes these for steps in an address, however they are escaped, and never asks for their items.</summary>
    private static void CheckAddress(string? name, int channel, FaultCollector faults)
    {
        if (name is "." or "..")
        {
            faults.Add(
                $"/dataChannels/{channel}/name",
                FaultCodes.Malformed,
                $"A channel called {FaultText.Quote(name)} has no address for its results: give it another name.");
        }
    }
}
