using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What a client may write to a channel. Pure.</summary>
internal static class InputRules
{
    /// <summary>Why a write is refused, or <see langword="null"/> where it is in order.</summary>
    public static string? FindFault(InputWrite write, ChannelSpec channel, SessionLimits limits)
    {
        if (write.Writer is { } writer && (writer.Length is 0 or > InputWrite.WriterLength || writer.Any(char.IsControl)))
        {
            return $"A writer's name has 1 to {InputWrite.WriterLength} characters and no control characters.";
        }

        return write.FirstSequence < 0 ? "A sequence is 0 or more." : write.Items.Select(item => FindFault(item, channel, limits)).FirstOrDefault(fault => fault is not null);
    }

    private static string? FindFault(Payload item, ChannelSpec channel, SessionLimits limits)
    {
        if (item.Type != channel.Type)
        {
            return $"The item is {ChannelTypes.Name(item.Type)}, the channel {FaultText.Quote(channel.Name)} {ChannelTypes.Name(channel.Type)}.";
        }

        if (!ChannelTypes.Fits(item.Type, item.MediaType))
        {
            return $"{FaultText.Quote(item.MediaType)} is no media type of {ChannelTypes.Name(item.Type)}.";
        }

        if (item is { Length: 0, Blob: null })
        {
            return "The item is empty.";
        }

        if (item.Bytes.Length > limits.InlinePayloadBytes)
        {
            return $"The item has {item.Bytes.Length} bytes; {limits.InlinePayloadBytes} are allowed.";
        }

        var faults = new FaultCollector(most: 1);
        if (item.Envelope is { } envelope)
        {
            EnvelopeRules.Check(envelope, place: "", faults);
        }

        return faults.ToList().Listed is [var first, ..] ? first.Message : null;
    }
}
